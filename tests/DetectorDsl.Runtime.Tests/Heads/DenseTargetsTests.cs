using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Targets;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Heads;

public sealed class DenseTargetsTests
{
    private const int Classes = 3;

    // Overlaps with (0, 0, 10, 10): 1, 0.45, 0.2, 0.
    private static readonly Boxes[] Anchors =
    [
        [0, 0, 10, 10, 0, 0, 10, 4.5f],
        [0, 0, 10, 2, 50, 50, 60, 60],
    ];

    [Fact]
    public void EveryAnchorHasAClass_AndThoseBetweenTheThresholdsNoWeight()
    {
        using var scope = NewDisposeScope();
        var targets = Compute(perImage: false, Truth([0, 0, 10, 10], [2]), Truth([], []));
        Assert.Equal([2, 3, 3, 3, 3, 3, 3, 3], Expect.Values(targets.Labels));
        Assert.Equal([1, 0, 1, 1, 1, 1, 1, 1], Expect.Values(targets.Weights));
        Assert.Equal([0], Expect.Values(targets.Positive));
        Assert.Equal([0, 0, 0, 0], Expect.Values(targets.Offsets));

        // One positive, and one for the image without any.
        Assert.Equal(2, targets.Divisor);
    }

    [Fact]
    public void PerImage_LossesAreDividedByItsOwnPositives_ThenByTheImages()
    {
        using var scope = NewDisposeScope();

        // The second image has two positives, the third none, which counts as one.
        var targets = Compute(perImage: true, Truth([0, 0, 10, 10], [0]), Truth([0, 0, 10, 10, 50, 50, 60, 60], [1, 2]), Truth([], []));
        var (third, sixth) = (1.0 / 3, 1.0 / 6);
        Expect.Close(
            [third, 0, third, third, sixth, 0, sixth, sixth, third, third, third, third],
            Expect.Values(targets.Weights),
            1e-7,
            0,
            "weights"
        );
        Assert.Equal([0, 4, 7], Expect.Values(targets.Positive));
        Expect.Close([third, sixth, sixth], Expect.Values(targets.PositiveWeights), 1e-7, 0, "weights of positives");
        Assert.Equal(1, targets.Divisor);
        Assert.Equal(3, Compute(perImage: false, Truth([0, 0, 10, 10], [0]), Truth([0, 0, 10, 10, 50, 50, 60, 60], [1, 2])).Divisor);
    }

    [Fact]
    public void ALocationGoesToTheSmallestObjectAroundIt_OfItsLevelsSize()
    {
        using var scope = NewDisposeScope();

        // Strides 8 and 16, reach 2 strides: distances up to 16, and from 16 on. Locations (4, 4), (12, 4), (20, 4) and (8, 8), (40, 8).
        Boxes[] cells =
        [
            [0, 0, 8, 8, 8, 0, 16, 8, 16, 0, 24, 8],
            [0, 0, 16, 16, 32, 0, 48, 16],
        ];
        var truth = Truth([2, 2, 14, 14, 0, 0, 15, 15, 0, 0, 60, 20], [1, 0, 2]);
        var targets = new PointTargets(new DistanceBoxCoder(inStrides: false), Classes, reach: 2).Compute(cells, [truth], CPU);

        // (4, 4) and (12, 4) lie in all three: the first is the smallest. (20, 4) lies in the third, whose right side is 40 away: not its level's.
        // (8, 8): the small ones are too near; (40, 8): the third.
        Assert.Equal([1, 1, 3, 2, 2], Expect.Values(targets.Labels));
        Assert.Equal([0, 1, 3, 4], Expect.Values(targets.Positive));
        Assert.Equal([2, 2, 10, 10, 10, 2, 2, 10, 8, 8, 52, 12, 40, 8, 20, 12], Expect.Values(targets.Distances));
        var centreness = new[] { Math.Sqrt(0.2 * 0.2), Math.Sqrt(0.2 * 0.2), Math.Sqrt(8.0 / 52 * 8 / 12), Math.Sqrt(20.0 / 40 * 8 / 12) };
        Expect.Close(centreness, Expect.Values(targets.Centreness), 1e-6, 0, "centre-ness");
        Assert.Equal(centreness.Sum(), targets.CentrenessSum, 1e-6);
        Assert.Equal(4, targets.Divisor);
    }

    [Theory]
    [InlineData(0.0, true, new double[] { 0, 0 })]
    [InlineData(0.75, true, new double[] { 0, 3 })]
    public void OnlyLocationsNearTheCentre_WhereAskedFor(double radius, bool closed, double[] labels)
    {
        // Locations (4, 4) and (12, 4) in a box about (6, 4): 2 and 6 away, and 0.75 strides are 6, which is not below 6.
        using var scope = NewDisposeScope();
        var targets = new PointTargets(new DistanceBoxCoder(inStrides: false), Classes, radius, reach: 8, closed).Compute(
            [
                [0, 0, 8, 8, 8, 0, 16, 8],
            ],
            [Truth([-2, -2, 14, 10], [0])],
            CPU
        );
        Assert.Equal(labels, Expect.Values(targets.Labels));
    }

    [Theory]
    [InlineData(true, new double[] { 0, 0 })]
    [InlineData(false, new double[] { 3, 3 })]
    public void ADistanceThatEqualsABound_BelongsToBothLevelsOrNone(bool closed, double[] labels)
    {
        // Farthest side 16 from (8, 8): the bound between strides 8 and 16 at reach 2.
        using var scope = NewDisposeScope();
        var targets = new PointTargets(new DistanceBoxCoder(inStrides: false), Classes, 0, reach: 2, closed).Compute(
            [
                [4, 4, 12, 12],
                [0, 0, 16, 16],
            ],
            [Truth([0, 0, 24, 16], [0])],
            CPU
        );
        Assert.Equal(labels, Expect.Values(targets.Labels));
    }

    [Fact]
    public void ImagesWithoutObjects_HaveNoPositives()
    {
        using var scope = NewDisposeScope();
        var targets = new PointTargets(new DistanceBoxCoder(inStrides: true), Classes).Compute(
            [
                [0, 0, 8, 8],
            ],
            [Truth([], [])],
            CPU
        );
        Assert.Equal([3], Expect.Values(targets.Labels));
        Assert.Equal([0, 4], targets.Distances.shape);
        Assert.Equal((0, 1), (targets.CentrenessSum, targets.Divisor));
    }

    private static DenseTargetSet Compute(bool perImage, params GroundTruth[] truths) =>
        new AnchorTargets(new MaxIouAssigner(0.5, 0.4, 0, matchLowQuality: false), new DeltaBoxCoder(), Classes, perImage).Compute(
            Anchors,
            truths,
            [.. truths.Select(_ => new ImageShape(1, 100, 100, 100, 100))],
            CPU
        );

    private static GroundTruth Truth(float[] boxes, long[] labels) => new(boxes, labels, null, []);
}
