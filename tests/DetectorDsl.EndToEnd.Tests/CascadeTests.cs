using DetectorDsl.Annotations;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Detection.Selection;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>What a second stage of several passes does in each of them.</summary>
[Collection(TorchCollection.Name)]
public sealed class CascadeTests(SmallData data)
{
    private static readonly ImageShape[] Shapes = [new(1, 96, 96, 96, 96), new(2, 90, 64, 90, 64)];

    [Fact]
    public void NamesAreMmdetections()
    {
        using var model = new SeesawCascadeMaskRcnnModel();
        var names = model.state_dict().Keys.Where(name => name.StartsWith("roi_head.", StringComparison.Ordinal)).ToHashSet();
        string[] box =
        [
            "shared_fcs.0.weight",
            "shared_fcs.0.bias",
            "fc_cls.weight",
            "fc_cls.bias",
            "fc_reg.weight",
            "fc_reg.bias",
            "loss_cls.cum_samples",
        ];
        string[] mask =
        [
            "convs.0.conv.weight",
            "convs.0.conv.bias",
            "upsample.weight",
            "upsample.bias",
            "conv_logits.weight",
            "conv_logits.bias",
        ];
        var expected = Enumerable
            .Range(0, 3)
            .SelectMany(pass =>
                box.Select(name => $"roi_head.bbox_head.{pass}.{name}").Concat(mask.Select(name => $"roi_head.mask_head.{pass}.{name}"))
            );
        Assert.True(names.SetEquals(expected), string.Join(", ", names.Except(expected).Concat(expected.Except(names))));
        Assert.Equal([4, 32], model.state_dict()["roi_head.bbox_head.2.fc_reg.weight"].shape);
        Assert.Equal(60, model.state_dict()["roi_head.mask_head.2.conv_logits.weight"].shape[0]);
    }

    [Fact]
    public void TermsAreNamedByPass() =>
        Assert.Equal(
            [
                "loss_rpn_cls",
                "loss_rpn_bbox",
                "s0.loss_cls_classes",
                "s0.loss_cls_objectness",
                "s0.loss_bbox",
                "s0.loss_mask",
                "s1.loss_cls_classes",
                "s1.loss_cls_objectness",
                "s1.loss_bbox",
                "s1.loss_mask",
                "s2.loss_cls_classes",
                "s2.loss_cls_objectness",
                "s2.loss_bbox",
                "s2.loss_mask",
            ],
            SeesawCascadeMaskRcnnLosses.Terms.ToArray()
        );

    [Fact]
    public void EachPassCountsItsOwnRegions_AtItsOwnOverlap()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = new SeesawCascadeMaskRcnnModel();
        using var training = new SeesawCascadeMaskRcnnTraining(model, new(), data.Training, 0, CPU);
        model.train();
        using var batch = Batch();
        training.Forward(batch, 1);
        var counts = new[] { model.RoiHead.BoxHead0, model.RoiHead.BoxHead1, model.RoiHead.BoxHead2 }
            .Select(head => head.ClassificationLoss.CumulativeSamples.data<double>().ToArray())
            .ToArray();

        // Every object's own box is a region of every pass, and no pass hands them on: a pass has at most as many regions as the one before, and the objects.
        var regions = counts.Select(count => count.Sum()).ToArray();
        Assert.All(counts, count => Assert.True(count[3] >= 1 && count[7] >= 1));
        Assert.True(regions[0] > 2 && regions[1] <= regions[0] && regions[2] <= regions[1], string.Join(", ", regions));
        Assert.Equal(
            3,
            new[]
            {
                model.RoiHead.BoxHead0.ClassificationLoss,
                model.RoiHead.BoxHead1.ClassificationLoss,
                model.RoiHead.BoxHead2.ClassificationLoss,
            }
                .Distinct()
                .Count()
        );
    }

    [Fact]
    public void ThePassesWeights_AreThoseOfTheLosses()
    {
        using var scope = NewDisposeScope();
        using var model = new TinyCascadeRcnnModel();
        using var training = new TinyCascadeRcnnTraining(model, new(), data.Training, 0, CPU);
        foreach (var parameter in model.RoiHead.parameters())
        {
            using var untracked = no_grad();
            parameter.zero_();
        }

        // Equal logits of 60 classes and background: every region's cross-entropy is ln 61.
        using var batch = Batch();
        var losses = training.Forward(batch, 1);
        Assert.Equal(Math.Log(61), losses.s0_loss_cls.ToDouble(), 5);
        Assert.Equal(0.5 * Math.Log(61), losses.s1_loss_cls.ToDouble(), 5);
        Assert.Equal(0.25 * Math.Log(61), losses.s2_loss_cls.ToDouble(), 5);
        Assert.Equal(
            new[]
            {
                losses.loss_rpn_cls,
                losses.loss_rpn_bbox,
                losses.s0_loss_cls,
                losses.s0_loss_bbox,
                losses.s1_loss_cls,
                losses.s1_loss_bbox,
                losses.s2_loss_cls,
                losses.s2_loss_bbox,
            }.Sum(term => term.ToDouble()),
            losses.Total().ToDouble(),
            4
        );
    }

    [Fact]
    public void ALossThatIsToldTheFrequencies_IsToldInEveryPass()
    {
        using var model = new GroupedCascadeRcnnModel();
        using var training = new GroupedCascadeRcnnTraining(model, new(), data.Training, 0, CPU);
        var counts = model.state_dict().Where(item => item.Key.EndsWith("instance_counts", StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            ["roi_head.bbox_head.0.loss_cls.instance_counts", "roi_head.bbox_head.1.loss_cls.instance_counts"],
            counts.Select(item => item.Key)
        );
        Assert.All(counts, item => Assert.True(item.Value.to(ScalarType.Float64).sum().ToDouble() > 0));
    }

    [Fact]
    public void ScoresComeFromTheMeanOfRawLogits_BoxesFromTheLastPass()
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        manual_seed(2);
        using var model = new SeesawCascadeMaskRcnnModel();
        Amplify(model.RoiHead);
        model.eval();
        var features = model.Features(randn(2, 3, 96, 96));
        Boxes[] regions =
        [
            [4, 4, 40, 50, 10, 20, 80, 90],
            [30, 10, 60, 50],
        ];
        var scored = model.Classify(features, regions, Shapes, new());

        var (sum, offsets) = (zeros(3, 62), zeros(3, 4));
        var head = model.RoiHead;
        foreach (
            var (boxHead, coder) in new[]
            {
                (head.BoxHead0, new Detection.BoxCoding.DeltaBoxCoder(0.1, 0.2)),
                (head.BoxHead1, new Detection.BoxCoding.DeltaBoxCoder(0.05, 0.1)),
                (head.BoxHead2, new Detection.BoxCoding.DeltaBoxCoder(0.033, 0.067)),
            }
        )
        {
            (var logits, offsets) = boxHead.call(head.BoxFeatures.Extract(features, new Rois(regions)));
            sum += logits;
            var row = 0;
            regions =
            [
                .. regions.Select(
                    (boxes, image) =>
                        Boxes.Of([
                            .. boxes
                                .In<float>()
                                .ToArray()
                                .Select(box =>
                                    coder.DecodeWithin(
                                        box,
                                        offsets[row++].data<float>().ToArray(),
                                        Shapes[image].Height,
                                        Shapes[image].Width
                                    )
                                ),
                        ])
                ),
            ];
        }

        var classes = (sum / 3).narrow(1, 0, 60).softmax(1) * (sum / 3).narrow(1, 60, 2).softmax(1).narrow(1, 0, 1);
        var expected = classes.data<float>().ToArray();
        float[] actual =
        [
            .. scored.SelectMany(image => ((IScoredRegions<float>)image).Scores.ToArray().Chunk(61).SelectMany(row => row[..60])),
        ];
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 5));
        foreach (var (image, index) in new[] { (0, 0), (0, 1), (1, 0) })
        {
            var (own, wanted) = (((IScoredRegions<float>)scored[image]).Box(index, 5), regions[image][index]);
            Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(wanted[i], own[i], 3));
        }
    }

    [Fact]
    public void MasksAreTheMeanOverThePasses()
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        manual_seed(3);
        using var model = new SeesawCascadeMaskRcnnModel();
        model.eval();
        var features = model.Features(randn(2, 3, 96, 96));
        ImageDetections[] detections =
        [
            new(Shapes[0], [4, 4, 40, 50], [0.5f], [7], null),
            new(Shapes[1], [10, 10, 60, 50], [0.5f], [2], null),
        ];
        var cut = model.RoiHead.MaskFeatures.Extract(features, MaskSelector.Rois(detections));
        var heads = new[] { model.RoiHead.MaskHead0, model.RoiHead.MaskHead1, model.RoiHead.MaskHead2 }
            .Select(head => head.call(cut).sigmoid())
            .ToArray();
        var masks = model.Segment(features, detections);
        Assert.True(masks[0].allclose((heads[0] + heads[1] + heads[2])[0, 7] / 3));
        Assert.True(masks[1].allclose((heads[0] + heads[1] + heads[2])[1, 2] / 3));
        Assert.False(masks[0].allclose(heads[2][0, 7]));
    }

    /// <summary>Outputs as large as those of a trained head, so that passes differ.</summary>
    private static void Amplify(nn.Module head)
    {
        foreach (
            var (name, parameter) in head.named_parameters().Where(item => item.name.Contains("fc_reg.weight", StringComparison.Ordinal))
        )
        {
            parameter.mul_(300);
        }
    }

    private static DetectionBatch Batch() =>
        new(
            randn(2, 3, 96, 96),
            [.. Shapes],
            [
                new GroundTruth([10, 10, 40, 40], [3], [RleMask.FromBox(new Box(0, 0, 96, 96), 96, 96)], []),
                new GroundTruth([20, 30, 60, 80], [7], [RleMask.FromBox(new Box(0, 0, 64, 90), 90, 64)], []),
            ]
        );
}
