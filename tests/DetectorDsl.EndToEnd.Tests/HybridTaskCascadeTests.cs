using DetectorDsl.Annotations;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Detection.Selection;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>What the passes of a Hybrid Task Cascade hand to each other.</summary>
[Collection(TorchCollection.Name)]
public sealed class HybridTaskCascadeTests(SmallData data)
{
    private static readonly ImageShape[] Shapes = [new(1, 96, 96, 96, 96), new(2, 90, 64, 90, 64)];

    [Fact]
    public void NamesAreMmdetections()
    {
        using var model = new TinyHtcModel();
        var names = Names(model);
        Assert.DoesNotContain("roi_head.mask_head.0.conv_res.conv.weight", names);
        Assert.Contains("roi_head.mask_head.1.conv_res.conv.weight", names);
        Assert.Contains("roi_head.mask_head.2.conv_res.conv.bias", names);
        Assert.Equal(
            [
                "conv_embedding.conv",
                "conv_logits",
                "convs.0.conv",
                "lateral_convs.0.conv",
                "lateral_convs.1.conv",
                "lateral_convs.2.conv",
                "lateral_convs.3.conv",
            ],
            names
                .Where(name =>
                    name.StartsWith("roi_head.semantic_head.", StringComparison.Ordinal)
                    && name.EndsWith(".weight", StringComparison.Ordinal)
                )
                .Select(name => name["roi_head.semantic_head.".Length..^".weight".Length])
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(61, model.state_dict()["roi_head.semantic_head.conv_logits.weight"].shape[0]);
    }

    [Fact]
    public void TheLiteForm_HasOneMaskHead_AndAContext()
    {
        using var model = new SeesawHtcLiteModel();
        var names = Names(model);
        Assert.Contains("roi_head.mask_head.conv_logits.weight", names);
        Assert.Contains("roi_head.glbctx_head.convs.0.conv.weight", names);
        Assert.Contains("roi_head.glbctx_head.fc.bias", names);
        Assert.DoesNotContain(names, name =>
            name.Contains("conv_res", StringComparison.Ordinal) || name.Contains("semantic", StringComparison.Ordinal)
        );
        Assert.Equal(
            [
                "loss_rpn_cls",
                "loss_rpn_bbox",
                "loss_glbctx",
                "s0.loss_cls_classes",
                "s0.loss_cls_objectness",
                "s0.loss_bbox",
                "s1.loss_cls_classes",
                "s1.loss_cls_objectness",
                "s1.loss_bbox",
                "s2.loss_cls_classes",
                "s2.loss_cls_objectness",
                "s2.loss_bbox",
                "s2.loss_mask",
            ],
            SeesawHtcLiteLosses.Terms.ToArray()
        );
    }

    // mmdetection's HTCMaskHead (htc_mask_head.py), three of them in a row, run in PyTorch in double precision on the same features and weights:
    // -0.4 to 0.4, parameters of each head in the order of their names, seeds from 100, 200 and 300; features -1 to 1, seed 50.
    [Fact]
    public void MaskInformationFlows_AsInMmdetection()
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var model = new TinyHtcModel();
        model.to(ScalarType.Float64);
        var heads = new[] { model.RoiHead.MaskHead0, model.RoiHead.MaskHead1, model.RoiHead.MaskHead2 };
        foreach (var (pass, head) in heads.Index())
        {
            foreach (var (index, (_, parameter)) in head.named_parameters().OrderBy(item => item.name, StringComparer.Ordinal).Index())
            {
                parameter.copy_(Filling.Fill(100 + (100 * pass) + index, parameter.shape, -0.4, 0.4));
            }
        }

        var features = Filling.Fill(50, [2, 16, 7, 7], -1, 1);
        var inner0 = heads[0].Inner(features);
        var inner1 = heads[1].Inner(features, inner0);
        var inner2 = heads[2].Inner(features, inner1);
        AssertLogits(heads[0].call(inner0), -375.6618, -0.523794, 0.084633, 0.069657, -0.603967, 0.911539, 0.794689);
        AssertLogits(heads[1].call(inner1), -3028.8999, 2.559286, 0.503803, -0.982331, -0.760479, -0.967932, -1.969188);
        AssertLogits(heads[2].call(inner2), 3381.3718, 2.362731, 0.829555, 0.16526, -0.080521, -1.144355, 0.80283);
        Assert.Equal(
            [902.4134, 1856.8656, 2783.161],
            new[] { inner0, inner1, inner2 }.Select(inner => Math.Round(inner.sum().ToDouble(), 4))
        );
    }

    [Fact]
    public void EarlierMaskHeadsLearnFromLaterPasses()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        using var model = new TinyHtcModel();
        using var training = new TinyHtcTraining(model, new(), data.Training, 0, CPU);
        model.train();
        using var batch = Batch();
        training.Forward(batch, 1).s2_loss_mask.backward();
        Assert.True(Gradient(model, "roi_head.mask_head.0.convs.0.conv.weight") > 0);
        Assert.True(Gradient(model, "roi_head.mask_head.1.conv_res.conv.weight") > 0);
        Assert.True(Gradient(model, "roi_head.semantic_head.conv_embedding.conv.weight") > 0);
        Assert.Equal(0, Gradient(model, "roi_head.mask_head.0.conv_logits.weight"));

        // No gradient flows from pass to pass by way of the regions.
        Assert.Equal(0, Gradient(model, "roi_head.bbox_head.0.fc_reg.weight"));
    }

    [Fact]
    public void MasksAreTrainedOnTheBoxesThatTheirPassRefined()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var model = new TinyHtcModel();
        using var training = new TinyHtcTraining(model, new(), data.Training, 0, CPU);
        using var untracked = no_grad();
        using var batch = Batch();
        var before = training.Forward(batch, 1);

        // Another regression of pass 1 refines to other boxes: the masks of the same pass change, its classes do not.
        model.state_dict()["roi_head.bbox_head.0.fc_reg.bias"].add_(1);
        var after = training.Forward(batch, 1);
        Assert.Equal(before.s0_loss_cls.ToDouble(), after.s0_loss_cls.ToDouble());
        Assert.NotEqual(before.s0_loss_mask.ToDouble(), after.s0_loss_mask.ToDouble());
    }

    // What the host computed it has at hand: RoIs (R x 5), for levels and refinement, and labels.
    [Fact]
    public void AStepReadsBackNeitherRoisNorLabels()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var model = new TinyHtcModel();
        using var training = new TinyHtcTraining(model, new(), data.Training, 0, CPU);
        using var batch = Batch();
        var reads = HostReads.During(() => training.Forward(batch, 1));
        Assert.NotEmpty(reads);
        Assert.DoesNotContain(reads, read => read.Shape.Length == 2 && read.Shape[1] == 5);
        Assert.DoesNotContain(reads, read => read.Type == ScalarType.Int64);
    }

    [Fact]
    public void SemanticEmbeddingAndContext_ReachScoresAndMasks()
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        manual_seed(6);
        Boxes[] regions =
        [
            [4, 4, 40, 50],
            [30, 10, 60, 50],
        ];
        ImageDetections[] detections = [new(Shapes[0], [4, 4, 40, 50], [0.5f], [7], null), new(Shapes[1], [], [], [], null)];
        var images = randn(2, 3, 96, 96);

        using var htc = new TinyHtcModel();
        htc.eval();
        var features = htc.Features(images);
        Assert.Equal(5, features.Length);
        Assert.Equal([2, 16, 12, 12], features[4].shape);
        var (scores, masks) = (Scores(htc.Classify(features, regions, Shapes, new())[0]), htc.Segment(features, detections));
        features[4] = features[4] + 1;
        Assert.NotEqual(scores, Scores(htc.Classify(features, regions, Shapes, new())[0]));
        Assert.False(masks.allclose(htc.Segment(features, detections)));

        using var lite = new SeesawHtcLiteModel();
        lite.eval();
        var contexts = lite.Features(images);
        Assert.Equal([2, 16, 1, 1], contexts[4].shape);
        (scores, masks) = (Scores(lite.Classify(contexts, regions, Shapes, new())[1]), lite.Segment(contexts, detections));

        // The first image's context is none of the second's business.
        contexts[4][0].add_(1);
        Assert.Equal(scores, Scores(lite.Classify(contexts, regions, Shapes, new())[1]));
        Assert.False(masks.allclose(lite.Segment(contexts, detections)));
        contexts[4][1].add_(1);
        Assert.NotEqual(scores, Scores(lite.Classify(contexts, regions, Shapes, new())[1]));
    }

    private static double Gradient(nn.Module model, string name) =>
        model.get_parameter(name)!.grad is { } gradient ? gradient.abs().sum().ToDouble() : 0;

    private static HashSet<string> Names(nn.Module model) => [.. model.state_dict().Keys];

    private static void AssertLogits(Tensor logits, double sum, params double[] values)
    {
        var actual = Expect.Values(logits);
        Assert.Equal(sum, actual.Sum(), 3);
        Expect.Close(values, [.. values.Select((_, index) => actual[(int)(index * (actual.Length - 1L) / 5)])], 1e-5, 0, "logits");
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

    private static float[] Scores(IScoredRegions regions) => ((IScoredRegions<float>)regions).Scores.ToArray();
}
