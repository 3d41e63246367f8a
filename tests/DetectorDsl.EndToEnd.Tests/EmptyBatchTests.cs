using DetectorDsl.Detection.Anchors;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>A batch may hold nothing, since an augmentation can lose every object of an image.</summary>
[Collection(TorchCollection.Name)]
public sealed class EmptyBatchTests(SmallData data)
{
    [Fact]
    public void CrossEntropy()
    {
        using var model = new CrossEntropyMaskRcnnModel();
        using var training = new CrossEntropyMaskRcnnTraining(model, new(), data.Training, 0, CPU);
        AssertLearns(model, batch =>
            training.Forward(batch, 1) is var losses
                ? (losses.Total(), [losses.loss_rpn_bbox, losses.loss_bbox, losses.loss_mask])
                : default
        );
    }

    [Fact]
    public void Seesaw()
    {
        using var model = new SeesawMaskRcnnModel();
        using var training = new SeesawMaskRcnnTraining(model, new(), data.Training, 0, CPU);
        AssertLearns(model, batch =>
            training.Forward(batch, 1) is var losses
                ? (losses.Total(), [losses.loss_rpn_bbox, losses.loss_cls_classes, losses.loss_bbox, losses.loss_mask])
                : default
        );
    }

    [Fact]
    public void WithoutMasks()
    {
        using var model = new PlainFasterRcnnModel();
        using var training = new PlainFasterRcnnTraining(model, new(), data.Training, 0, CPU);
        AssertLearns(model, batch =>
            training.Forward(batch, 1) is var losses ? (losses.Total(), [losses.loss_rpn_bbox, losses.loss_bbox]) : default
        );
    }

    [Fact]
    public void Cascade()
    {
        using var model = new SeesawCascadeMaskRcnnModel();
        using var training = new SeesawCascadeMaskRcnnTraining(model, new(), data.Training, 0, CPU);
        AssertLearns(model, batch =>
            training.Forward(batch, 1) is var losses
                ? (losses.Total(), [losses.s0_loss_cls_classes, losses.s1_loss_bbox, losses.s2_loss_bbox, losses.s2_loss_mask])
                : default
        );
    }

    [Fact]
    public void CascadeWithoutRegions()
    {
        using var model = new BlindCascadeMaskRcnnModel();
        using var training = new BlindCascadeMaskRcnnTraining(model, new(), data.Training, 0, CPU);
        AssertLearns(model, batch =>
            training.Forward(batch, 1) is var losses
                ? (losses.Total(), [losses.s0_loss_cls, losses.s1_loss_cls, losses.s2_loss_cls, losses.s2_loss_bbox, losses.s2_loss_mask])
                : default
        );
        Assert.All(model.Detect(rand(1, 3, 96, 96), [new ImageShape(1, 96, 96, 96, 96)], new()), found => Assert.Equal(0, found.Count));
    }

    [Fact]
    public void PrimeSamples()
    {
        using var model = new PrimeSampleSeesawMaskRcnnModel();
        using var training = new PrimeSampleSeesawMaskRcnnTraining(model, new(), data.Training, 0, CPU);
        AssertLearns(model, batch =>
            training.Forward(batch, 1) is var losses
                ? (losses.Total(), [losses.loss_rpn_bbox, losses.loss_cls_classes, losses.loss_bbox, losses.loss_carl, losses.loss_mask])
                : default
        );
    }

    [Fact]
    public void PrimeSamplesOfAnchors()
    {
        using var model = new PrimeSampleRetinaNetModel();
        using var training = new PrimeSampleRetinaNetTraining(model, new(), data.Training, 0, CPU);
        AssertLearns(model, batch =>
            training.Forward(batch, 1) is var losses ? (losses.Total(), [losses.loss_bbox, losses.loss_carl]) : default
        );
    }

    [Fact]
    public void SideAware()
    {
        using var model = new SideAwareFasterRcnnModel();
        using var training = new SideAwareFasterRcnnTraining(model, new(), data.Training, 0, CPU);
        AssertLearns(model, batch =>
            training.Forward(batch, 1) is var losses
                ? (losses.Total(), [losses.loss_rpn_bbox, losses.loss_bbox_cls, losses.loss_bbox_reg])
                : default
        );
    }

    [Fact]
    public void HybridTaskCascade()
    {
        using var model = new TinyHtcModel();
        using var training = new TinyHtcTraining(model, new(), data.Training, 0, CPU);
        AssertLearns(model, batch =>
            training.Forward(batch, 1) is var losses
                ? (losses.Total(), [losses.s1_loss_bbox, losses.s0_loss_mask, losses.s2_loss_mask])
                : default
        );
    }

    [Fact]
    public void RetinaNet()
    {
        using var model = new TinyRetinaNetModel();
        using var training = new TinyRetinaNetTraining(model, new(), data.Training, 0, CPU);
        AssertLearns(model, batch => training.Forward(batch, 1) is var losses ? (losses.Total(), [losses.loss_bbox]) : default);
    }

    [Fact]
    public void Fcos()
    {
        using var model = new TinyFcosModel();
        using var training = new TinyFcosTraining(model, new(), data.Training, 0, CPU);
        AssertLearns(model, batch =>
            training.Forward(batch, 1) is var losses ? (losses.Total(), [losses.loss_bbox, losses.loss_centerness]) : default
        );
    }

    [Fact]
    public void GuidedAnchors()
    {
        using var model = new GuidedFasterRcnnModel();
        using var training = new GuidedFasterRcnnTraining(model, new(), data.Training, 0, CPU);
        AssertLearns(model, batch =>
            training.Forward(batch, 1) is var losses
                ? (losses.Total(), [losses.loss_rpn_bbox, losses.loss_anchor_shape, losses.loss_bbox])
                : default
        );
    }

    [Fact]
    public void GuidedAnchorsOfOneStage()
    {
        using var model = new GuidedRetinaNetModel();
        using var training = new GuidedRetinaNetTraining(model, new(), data.Training, 0, CPU);
        AssertLearns(model, batch =>
            training.Forward(batch, 1) is var losses ? (losses.Total(), [losses.loss_bbox, losses.loss_shape]) : default
        );
    }

    // What only positives have is 0; the rest is finite, and so is every gradient.
    private static void AssertLearns(nn.Module model, Func<DetectionBatch, (Tensor Total, Tensor[] OfPositives)> forward)
    {
        using var scope = NewDisposeScope();
        using var batch = new DetectionBatch(
            randn(2, 3, 96, 96),
            [new ImageShape(1, 96, 96, 96, 96), new ImageShape(2, 90, 64, 90, 64)],
            [new GroundTruth([], [], [], []), new GroundTruth([], [], [], [4, 4, 30, 30])]
        );
        model.train();

        var (total, ofPositives) = forward(batch);
        total.backward();

        Assert.True(double.IsFinite(total.ToDouble()) && total.ToDouble() > 0);
        Assert.All(ofPositives, term => Assert.Equal(0, term.ToDouble()));
        Assert.All(model.named_parameters().Where(item => item.parameter.grad is not null), item =>
            Assert.True(item.parameter.grad!.isfinite().all().ToBoolean(), item.name)
        );
    }
}
