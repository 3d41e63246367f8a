using DetectorDsl.Annotations;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Detection.Targets;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Heads;

public sealed class RoiTargetsTests
{
    private const int Classes = 9;

    private static readonly float[] Object = [0, 0, 10, 10];

    [Fact]
    public void ObjectsOwnBoxesComeFirst_AndAreTheirOwn()
    {
        using var scope = NewDisposeScope();

        // Two objects of the same place: each keeps its own box; the proposal at IoU 0.8 is the best of both, and the later one takes it.
        var set = Targets(true)
            .Compute(
                [
                    [0, 0, 10, 8, 50, 50, 60, 60],
                ],
                [new GroundTruth([.. Object, .. Object], [4, 7], null, [])],
                1,
                CPU
            );
        Assert.Equal([4, 7, 7, Classes], set.Labels.data<long>().ToArray());
        Assert.Equal([0, 1, 2], set.PositiveRows.data<long>().ToArray());
        Assert.Equal([4, 7, 7], set.PositiveLabels.data<long>().ToArray());
        Assert.Equal([0, 1, 1], set.Matched[0]);
        Assert.Equal([.. Object, .. Object, 0, 0, 10, 8], set.PositiveRois.All);

        // (5, 4) to (5, 5) of a height 8: 1/8 / 0.1; 8 to 10: ln 1.25 / 0.2.
        Expect.Close([0, 0, 0, 0, 0, 0, 0, 0, 0, 1.25, 0, 5 * Math.Log(1.25)], Expect.Values(set.Offsets), 1e-5, 0, "offsets");
        Expect.Close([0, 50, 50, 60, 60], Expect.Values(set.Rois.ToTensor(CPU)[3]), 0, 0, "region");
        Assert.Equal(4, set.Count);
        Assert.Equal(3, set.PositiveCount);
    }

    [Theory]
    [InlineData(true, 7)]
    [InlineData(false, 4)]
    public void AnObjectKeepsItsBestProposal_ThoughItsOwnBoxJoinsThem(bool matchLowQuality, int label)
    {
        using var scope = NewDisposeScope();

        // Overlaps of the first proposal: 0.8 and 0.6875; of the second: 0.95 and 0.58. The first is the smaller object's best.
        var targets = new RoiTargets(
            new MaxIouAssigner(0.5, 0.5, 0.5, matchLowQuality),
            new RandomBoxSampler(512, 1, addGroundTruth: true),
            new DeltaBoxCoder(0.1, 0.2),
            Classes
        );
        var set = targets.Compute(
            [
                [0, 0, 10, 8, 0, 0, 10, 9.5f],
            ],
            [new GroundTruth([.. Object, 0, 0, 10, 5.5f], [4, 7], null, [])],
            1,
            CPU
        );
        Assert.Equal([4, 7, label, 4], set.Labels.data<long>().ToArray());
    }

    [Fact]
    public void RegionsOfSeveralImages_GoInOrder()
    {
        using var scope = NewDisposeScope();
        var set = Targets(false)
            .Compute(
                [
                    [50, 50, 60, 60],
                    [],
                    [0, 0, 10, 10],
                ],
                [new GroundTruth(Object, [1], null, []), new GroundTruth(Object, [2], null, []), new GroundTruth(Object, [3], null, [])],
                1,
                CPU
            );
        Assert.Equal([Classes, 3], set.Labels.data<long>().ToArray());
        Assert.Equal([1], set.PositiveRows.data<long>().ToArray());
        Expect.Close([0, 50, 50, 60, 60, 2, 0, 0, 10, 10], Expect.Values(set.Rois.ToTensor(CPU)), 0, 0, "regions");
        Assert.Equal([0, 0, 1], set.Matched.Select(image => image.Length));
    }

    [Fact]
    public void ImagesWithoutObjectsOrProposals_AreServed()
    {
        using var scope = NewDisposeScope();
        var set = Targets(true)
            .Compute(
                [
                    [0, 0, 10, 10],
                    [],
                ],
                [new GroundTruth([], [], null, []), new GroundTruth([], [], null, Object)],
                1,
                CPU
            );
        Assert.Equal([Classes], set.Labels.data<long>().ToArray());
        Assert.Equal([0, 4], set.Offsets.shape);
        Assert.Equal(0, set.PositiveCount);
        Assert.Equal([0, 28, 28], set.MaskTargetsOf([new GroundTruth([], [], null, []), new GroundTruth([], [], null, [])], 28).shape);
        var none = Targets(true)
            .Compute(
                [
                    [],
                ],
                [new GroundTruth([], [], null, [])],
                1,
                CPU
            );
        Assert.Equal([0, 5], none.Rois.ToTensor(CPU).shape);
        Assert.Equal([0], none.Labels.shape);
    }

    [Fact]
    public void MaskTargetsFollowTheRegions()
    {
        using var scope = NewDisposeScope();

        // Image 0 has a full mask, image 1 two objects: left half and right half.
        RleMask[] full = [RleMask.FromBox(new Box(0, 0, 10, 10), 10, 10)];
        RleMask[] halves = [RleMask.FromBox(new Box(0, 0, 5, 10), 10, 10), RleMask.FromBox(new Box(5, 0, 5, 10), 10, 10)];
        GroundTruth[] truths = [new(Object, [1], full, []), new([.. Object, .. Object], [2, 3], halves, [])];
        var set = Targets(true)
            .Compute(
                [
                    [],
                    [],
                ],
                truths,
                1,
                CPU
            );
        var targets = set.MaskTargetsOf(truths, 2);
        Expect.Close([1, 1, 1, 1, 1, 0, 1, 0, 0, 1, 0, 1], Expect.Values(targets), 0, 0, "targets");
        var error = Assert.Throws<InvalidOperationException>(() => set.MaskTargetsOf([truths[0], truths[1] with { Masks = null }], 2));
        Assert.Contains("masks", error.Message, StringComparison.Ordinal);
    }

    private static RoiTargets Targets(bool addGroundTruth) =>
        new(new MaxIouAssigner(0.5, 0.5, 0.5), new RandomBoxSampler(512, 1, addGroundTruth), new DeltaBoxCoder(0.1, 0.2), Classes);
}
