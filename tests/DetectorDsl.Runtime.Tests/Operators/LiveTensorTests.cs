using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Detection.Selection;
using DetectorDsl.Detection.Targets;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Operators;

public sealed class LiveTensorTests
{
    [Fact]
    public void OperatorsLeaveTheirResultsOnly()
    {
        using var map = Filling.Fill(1, [2, 3, 16, 16], -1, 1, ScalarType.Float32);
        using var half = map.to(ScalarType.BFloat16);
        using var rois = tensor(new float[] { 0, 0, 0, 30, 30, 1, 5, 5, 60, 60 }, [2, 5]);
        using var boxes = tensor(new float[] { 0, 0, 30, 30, 5, 5, 60, 60 }, [2, 4]);
        using var scores = ones(2);
        using var classes = ones([2], dtype: ScalarType.Int64);
        using var masks = ones([2, 32, 32], dtype: ScalarType.Byte);
        var pyramid = new MultiLevelRoIAlign(7, 0, true, [4, 8]);
        LiveTensors.OnlyResultsStay("RoIAlign", () => [RoIAlign.Apply(map, rois, 7, 7, 0.25, 0, true)]);
        LiveTensors.OnlyResultsStay("composed RoIAlign", () =>
            [ComposedRoIAlign.Apply(map, rois, 0.25, new RoIAlignGeometry(7, 7, 0, true))]
        );
        LiveTensors.OnlyResultsStay("pyramid", () => [pyramid.Extract([map, map], rois)]);
        LiveTensors.OnlyResultsStay("composed pyramid", () => [pyramid.Extract([half, half], rois)]);
        LiveTensors.OnlyResultsStay("levels", () =>
        {
            pyramid.Levels(rois);
            return [];
        });
        LiveTensors.OnlyResultsStay("suppression", () =>
            [NonMaximumSuppression.Keep(boxes, scores, 0.5), NonMaximumSuppression.KeepPerClass(boxes, scores, classes, 0.5)]
        );
        LiveTensors.OnlyResultsStay("mask targets", () =>
            [MaskTargets.Crop(masks, new float[] { 0, 0, 30, 30, 5, 5, 60, 60 }, [1, 1], 28)]
        );
        var picture = new RgbImage(4, 6, new byte[72]);
        LiveTensors.OnlyResultsStay("resizing", () =>
            [ImageStack.Resized([picture, picture], [(8, 12), (6, 9)], flipped: true, new BatchPixels([1, 2, 3], [4, 5, 6], 16))]
        );
    }

    [Fact]
    public void GradientsOfOperatorsLeaveNothing()
    {
        using var map = Filling.Fill(1, [2, 3, 16, 16], -1, 1, ScalarType.Float32).requires_grad_();
        using var rois = tensor(new float[] { 0, 0, 0, 30, 30, 1, 5, 5, 60, 60 }, [2, 5]);
        var pyramid = new MultiLevelRoIAlign(7, 0, true, [4, 8]);
        LiveTensors.NothingStays("RoIAlign", () => RoIAlign.Apply(map, rois, 7, 7, 0.25, 0, true).sum().backward());
        LiveTensors.NothingStays("composed RoIAlign", () =>
            ComposedRoIAlign.Apply(map, rois, 0.25, new RoIAlignGeometry(7, 7, 0, true)).sum().backward()
        );
        LiveTensors.NothingStays("pyramid", () => pyramid.Extract([map, map], rois).sum().backward());

        // Also without a scope, where only the forward pass was run.
        LiveTensors.OnlyResultsStay("RoIAlign with a gradient to come", () => [RoIAlign.Apply(map, rois, 7, 7, 0.25, 0, true)]);
        LiveTensors.OnlyResultsStay("pyramid with a gradient to come", () => [pyramid.Extract([map, map], rois)]);
    }

    [Fact]
    public void HeadsLeaveTheirResultsOnly()
    {
        ImageShape shape = new(1, 100, 100, 100, 100);
        var coder = new DeltaBoxCoder();
        Boxes[] anchors =
        [
            [0, 0, 10, 10, 30, 30, 40, 40],
        ];
        GroundTruth[] truths = [new([0, 0, 10, 10], [1], [RleMask.FromBox(new Box(0, 0, 100, 100), 100, 100)], [])];
        var assigner = new MaxIouAssigner(0.5, 0.5, 0.5);
        var sampler = new RandomBoxSampler(8, 0.5, addGroundTruth: true);
        using var logits = ones(1, 2);
        using var offsets = zeros(1, 2, 4);
        using var flat = zeros(2, 4);
        using var scores = ones(2, 2);
        using var probabilities = ones(1, 28, 28);
        LiveTensors.OnlyResultsStay("first stage's targets", () =>
        {
            var set = new RpnTargets(assigner, sampler, coder).Compute(anchors, truths, [shape], 1, CPU);
            return [set.Sampled, set.Objectness, set.Positive, set.Offsets];
        });
        LiveTensors.OnlyResultsStay("second stage's targets", () =>
        {
            var set = new RoiTargets(assigner, sampler, coder, 3).Compute(anchors, truths, 1, CPU);
            return [set.Rois.ToTensor(CPU), set.Labels, set.PositiveRows, set.PositiveLabels, set.Offsets, set.MaskTargetsOf(truths, 28)];
        });
        LiveTensors.OnlyResultsStay("selectors", () =>
        {
            new ProposalSelector(10, 10, 0.7, 0, coder).Select(logits, offsets, anchors, [shape]);
            var found = new DetectionSelector(0.5, 0.5, 1).Select(ScoredRegions.Of(anchors, scores, flat, coder, [shape]));
            MaskSelector.Restore(found, probabilities, 0.5, MaskPasting.Paste);
            return [MaskSelector.Rois(found).ToTensor(CPU), MaskSelector.Labels(found, CPU)];
        });
    }
}
