using DetectorDsl.Detection.Preparation;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Torchvision;

/// <summary>RetinaNet as torchvision computes it, from features to gradients.</summary>
[Collection(TorchCollection.Name)]
public sealed class RetinaNetParityTests(SmallData data)
{
    [SkippableFact]
    public void FeaturesAndHead()
    {
        var reference = new ReferenceCase("retinanet_small", SmallTorchvisionRetinaNetNames.Model);
        var expected = reference.Reference.GetProperty("eval_float64");
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var model = Model(reference, ScalarType.Float64);
        var pyramid = model.Neck.call(model.Backbone.call(reference.Image()));
        foreach (var (level, name) in new[] { "0", "1", "2", "p6", "p7" }.Index())
        {
            ReferenceCase.Check(expected.GetProperty("features").GetProperty(name), pyramid[level], 1e-6, $"features {name}");
        }

        var (logits, offsets) = model.DenseHead.call(pyramid);
        ReferenceCase.Check(expected.GetProperty("head").GetProperty("cls_logits"), logits, 1e-6, "logits");
        ReferenceCase.Check(expected.GetProperty("head").GetProperty("bbox_regression"), offsets, 1e-6, "offsets");
    }

    [SkippableTheory]
    [InlineData(ScalarType.Float64, "eval_float64", "detections")]
    [InlineData(ScalarType.Float32, "eval_float32_detections", "")]
    public void Detections(ScalarType precision, string part, string within)
    {
        var reference = new ReferenceCase("retinanet_small", SmallTorchvisionRetinaNetNames.Model);
        var expected = reference.Reference.GetProperty(part);
        using var scope = NewDisposeScope();
        using var model = Model(reference, precision);
        var found = model.Detect(reference.Image().to(precision), reference.Shapes, new SmallTorchvisionRetinaNetOptions());
        ReferenceCase.CheckDetections((within.Length > 0 ? expected.GetProperty(within) : expected)[0], found[0], firstLabel: 0);
    }

    [SkippableTheory]
    [InlineData(ScalarType.Float64, "train_float64", 1e-8, 1e-7)]
    [InlineData(ScalarType.Float32, "train_float32", 1e-4, 5e-3)]
    public void LossesAndGradients(ScalarType precision, string part, double lossTolerance, double gradientTolerance)
    {
        var reference = new ReferenceCase("retinanet_small", SmallTorchvisionRetinaNetNames.Model);
        var expected = reference.Reference.GetProperty(part).GetProperty("losses");
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var model = Model(reference, precision);
        using var training = new SmallTorchvisionRetinaNetTraining(
            model,
            new(),
            ReferenceCase.Data(data, folder, TwentyOneClasses.All),
            0,
            CPU
        );
        model.train();
        using var batch = new DetectionBatch(reference.Image().to(precision), reference.Shapes, [reference.Truth(firstLabel: 0)]);

        var losses = training.Forward(batch, 1);
        losses.Total().backward();

        Expect.Close(expected.Real("classification"), losses.loss_cls.ToDouble(), 0, lossTolerance, "classes");
        Expect.Close(expected.Real("bbox_regression"), losses.loss_bbox.ToDouble(), 0, lossTolerance, "boxes");
        reference.CheckGradients(model, gradientTolerance);
    }

    private static SmallTorchvisionRetinaNetModel Model(ReferenceCase reference, ScalarType precision)
    {
        var model = new SmallTorchvisionRetinaNetModel();
        reference.Weights.Fill(model);
        model.to(precision);
        model.eval();
        return model;
    }
}
