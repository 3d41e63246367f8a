using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Detection.Targets;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Operators;

public sealed class HostOriginTests
{
    [Fact]
    public void NumbersOfTheHost_AreNotReadBack()
    {
        using var scope = NewDisposeScope();
        long[] numbers = [3, 1, 2];
        var uploaded = HostOrigin.Upload(numbers, CPU);
        Assert.Equal(numbers, uploaded.data<long>().ToArray());
        Assert.Empty(HostReads.During(() => Assert.Same(numbers, HostOrigin.Numbers(uploaded))));

        // What is computed from them is.
        var read = Assert.Single(HostReads.During(() => Assert.Equal([4, 2, 3], HostOrigin.Numbers(uploaded + 1))));
        Assert.Equal([3], read.Shape);
        Assert.Equal(ScalarType.Int64, read.Type);
    }

    [Fact]
    public void LabelsOfRois_StayAtHand()
    {
        using var scope = NewDisposeScope();
        var targets = new RoiTargets(new MaxIouAssigner(0.5, 0.5, 0.5), new RandomBoxSampler(4, 0.5), new DeltaBoxCoder(), 3);
        var set = targets.Compute(
            [
                [0, 0, 10, 10, 50, 50, 60, 60],
            ],
            [new GroundTruth([0, 0, 10, 10], [2], null, [])],
            1,
            CPU
        );
        Assert.Empty(HostReads.During(() => Assert.Equal([2, 3], HostOrigin.Numbers(set.Labels))));
        Assert.Empty(HostReads.During(() => new MultiLevelRoIAlign(7, 0, true, [4, 8]).Levels(set.Rois)));
    }
}
