using DetectorDsl.Detection.Preparation;
using DetectorDsl.Detection.Selection;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Weights.Naming;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Torchvision;

/// <summary>Mask R-CNN and Faster R-CNN as torchvision computes them, from features to gradients.</summary>
[Collection(TorchCollection.Name)]
public sealed class MaskRcnnParityTests(SmallData data)
{
    // torchvision counts the background as class 0.
    private const int FirstLabel = 1;

    private static readonly RowOrder Logits = new BackgroundFirst(perClass: 1, keepsBackground: true);

    [SkippableFact]
    public void FeaturesProposalsAndLogits()
    {
        var reference = new ReferenceCase("mask_rcnn_small", SmallTorchvisionMaskRcnnNames.Model);
        var expected = reference.Reference.GetProperty("eval_float64");
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var model = Model(reference, ScalarType.Float64);
        var image = reference.Image();
        ReferenceCase.Check(expected.GetProperty("input").GetProperty("tensor"), image, 1e-12, "input");

        var pyramid = model.Neck.call(model.Backbone.call(image));
        foreach (var (level, name) in new[] { "0", "1", "2", "3", "pool" }.Index())
        {
            ReferenceCase.Check(expected.GetProperty("features").GetProperty(name), pyramid[level], 1e-6, $"features {name}");
        }

        var (objectness, offsets) = model.RpnHead.call(pyramid);
        var first = 0L;
        foreach (var (level, map) in pyramid.Index())
        {
            var (height, width) = (map.shape[2], map.shape[3]);
            var count = height * width * 3;
            ReferenceCase.Check(
                expected.GetProperty("rpn_objectness")[level],
                objectness.narrow(1, first, count).view(1, height, width, 3).permute(0, 3, 1, 2),
                1e-6,
                $"objectness {level}"
            );
            ReferenceCase.Check(
                expected.GetProperty("rpn_deltas")[level],
                offsets.narrow(1, first, count).reshape(1, height, width, 12).permute(0, 3, 1, 2),
                1e-6,
                $"offsets {level}"
            );
            first += count;
        }

        var proposals = model.RpnHead.InferenceProposals.Select(
            objectness,
            offsets,
            model.RpnHead.Anchors(pyramid, image),
            reference.Shapes
        );
        Assert.Equal(expected.GetProperty("proposals")[0].GetProperty("count").GetInt32(), proposals[0].Count);
        Expect.Close(
            expected.GetProperty("proposals")[0].Numbers("first_20"),
            proposals[0].Numbers<double>()[..80].ToArray(),
            1e-9,
            0,
            "proposals"
        );

        var regions = model.RoiHead.BoxFeatures.Extract(pyramid, new Rois(proposals));
        var inner = regions.flatten(1);
        foreach (var layer in new[] { "shared_fcs.0", "shared_fcs.1" })
        {
            inner = nn
                .functional.linear(
                    inner,
                    model.RoiHead.BoxHead.get_parameter($"{layer}.weight")!,
                    model.RoiHead.BoxHead.get_parameter($"{layer}.bias")!
                )
                .relu();
        }

        ReferenceCase.Check(expected.GetProperty("box_head_features"), inner, 1e-6, "features of the box head");
        var (logits, deltas) = model.RoiHead.BoxHead.call(regions);
        ReferenceCase.Check(expected.GetProperty("class_logits"), Logits.Put(logits.t())!.t(), 1e-6, "logits");
        Expect.Close(
            expected.Numbers("class_logits_first_proposal"),
            Expect.Values(Logits.Put(logits.t())!.t()[0]),
            1e-6,
            0,
            "logits of the first proposal"
        );
        var boxes = new BackgroundFirst(perClass: 4, keepsBackground: false);
        var withoutBackground = expected.GetProperty("box_deltas");
        var placed = Expect.Values(boxes.Put(deltas.t())!.t());
        foreach (
            var (at, value) in withoutBackground.Integers("at").Zip(withoutBackground.Numbers("values")).Where(item => item.First % 84 >= 4)
        )
        {
            Expect.Close(value, placed[at], 1e-6, 1e-6, $"offset {at}");
        }
    }

    [SkippableTheory]
    [InlineData(ScalarType.Float64, "eval_float64", "detections")]
    [InlineData(ScalarType.Float32, "eval_float32_detections", "")]
    public void DetectionsAndMasks(ScalarType precision, string part, string within)
    {
        var reference = new ReferenceCase("mask_rcnn_small", SmallTorchvisionMaskRcnnNames.Model);
        var expected = reference.Reference.GetProperty(part);
        using var scope = NewDisposeScope();
        using var model = Model(reference, precision);
        var found = model.Detect(reference.Image().to(precision), reference.Shapes, new SmallTorchvisionMaskRcnnOptions());
        ReferenceCase.CheckDetections((within.Length > 0 ? expected.GetProperty(within) : expected)[0], found[0], FirstLabel);
    }

    [SkippableFact]
    public void ProbabilitiesOfMasks()
    {
        var reference = new ReferenceCase("mask_rcnn_small", SmallTorchvisionMaskRcnnNames.Model);
        var expected = reference.Reference.GetProperty("eval_float64").GetProperty("detections")[0];
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var model = Model(reference, ScalarType.Float64);
        var image = reference.Image();

        // The image is of its own size already, so that regions are detections.
        var found = model.Detect(image, reference.Shapes, new SmallTorchvisionMaskRcnnOptions());
        var pyramid = model.Neck.call(model.Backbone.call(image));
        var logits = model.RoiHead.MaskHead.call(model.RoiHead.MaskFeatures.Extract(pyramid, MaskSelector.Rois(found)));
        var probabilities = Torch.Losses.MaskBinaryCrossEntropyLoss.OfClass(logits, MaskSelector.Labels(found, CPU)).sigmoid();
        var sums = expected.Numbers("mask_28_sum");
        Expect.Close(sums, Expect.Values(probabilities.sum([1, 2]))[..sums.Length], 0, 1e-5, "sums");
        ReferenceCase.Check(expected.GetProperty("mask_28_first"), probabilities.narrow(0, 0, 4), 1e-4, "first masks");
        for (var i = 0; i < sums.Length; i++)
        {
            var pasted = Torch.Operators.MaskPasting.PasteWidened(
                Array.ConvertAll(Expect.Values(probabilities[i]), value => (float)value),
                28,
                found[0].Boxes.In<float>()[i],
                128,
                160
            );
            Expect.Close(
                expected.GetProperty("pasted_sum")[i].GetDouble(),
                pasted.Values.Sum(value => (double)value),
                0,
                1e-4,
                $"pasted {i}"
            );
        }
    }

    [SkippableFact]
    public void DetectionsWithoutMasks()
    {
        var reference = new ReferenceCase("mask_rcnn_small", SmallTorchvisionFasterRcnnNames.Model);
        using var scope = NewDisposeScope();
        using var model = new SmallTorchvisionFasterRcnnModel();
        reference.Weights.Fill(model);
        model.eval();
        var found = model.Detect(reference.Image().to(ScalarType.Float32), reference.Shapes, new SmallTorchvisionFasterRcnnOptions());
        ReferenceCase.CheckDetections(reference.Reference.GetProperty("eval_float32_detections")[0], found[0], FirstLabel);
    }

    [SkippableTheory]
    [InlineData(ScalarType.Float64, "train_float64", 1e-7, 1e-7)]
    [InlineData(ScalarType.Float32, "train_float32", 1e-4, 5e-3)]
    public void LossesAndGradients(ScalarType precision, string part, double lossTolerance, double gradientTolerance)
    {
        var reference = new ReferenceCase("mask_rcnn_small", SmallTorchvisionMaskRcnnNames.Model);
        var expected = reference.Reference.GetProperty(part).GetProperty("losses");
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var model = Model(reference, precision);
        using var training = new SmallTorchvisionMaskRcnnTraining(
            model,
            new(),
            ReferenceCase.Data(data, folder, TwentyClasses.All),
            0,
            CPU
        );
        model.train();
        using var batch = new DetectionBatch(reference.Image().to(precision), reference.Shapes, [reference.Truth(FirstLabel)]);

        var losses = training.Forward(batch, 1);
        losses.Total().backward();

        Expect.Close(expected.Real("loss_objectness"), losses.loss_rpn_cls.ToDouble(), 0, lossTolerance, "objectness");
        Expect.Close(expected.Real("loss_rpn_box_reg"), losses.loss_rpn_bbox.ToDouble(), 0, lossTolerance, "anchors");
        Expect.Close(expected.Real("loss_classifier"), losses.loss_cls.ToDouble(), 0, lossTolerance, "classes");
        Expect.Close(expected.Real("loss_box_reg"), losses.loss_bbox.ToDouble(), 0, lossTolerance, "boxes");
        Expect.Close(expected.Real("loss_mask"), losses.loss_mask.ToDouble(), 0, lossTolerance, "masks");
        reference.CheckGradients(model, gradientTolerance);
    }

    private static SmallTorchvisionMaskRcnnModel Model(ReferenceCase reference, ScalarType precision)
    {
        var model = new SmallTorchvisionMaskRcnnModel();
        reference.Weights.Fill(model);
        model.to(precision);
        model.eval();
        return model;
    }
}
