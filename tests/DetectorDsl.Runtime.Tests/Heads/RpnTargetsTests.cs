using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Detection.Targets;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Heads;

public sealed class RpnTargetsTests
{
    private static readonly RpnTargets Targets = new(new MaxIouAssigner(0.7, 0.3, 0.3), new RandomBoxSampler(4, 0.5), new DeltaBoxCoder());

    private static readonly ImageShape Shape = new(1, 240, 240, 240, 240);

    // Two levels: anchors 0 and 1, then 2, 3 and 4.
    private static readonly Boxes[] Anchors =
    [
        [0, 0, 10, 10, 50, 50, 60, 60],
        [0, 0, 40, 40, 100, 100, 140, 140, 200, 200, 240, 240],
    ];

    [Fact]
    public void PositivesAndNegativesOfTwoImages()
    {
        using var scope = NewDisposeScope();

        // Image 0: the object is 20 x 5 above anchor 0, which is its best box with IoU 50 / 150 = 1/3. Image 1: anchor 3 exactly.
        var set = Targets.Compute(Anchors, [Truth([0, 0, 20, 5], [0]), Truth([100, 100, 140, 140], [3])], [Shape, Shape], 1, CPU);
        Assert.Equal([0L, 5 + 3], set.Positive.data<long>().ToArray());

        // Centre (5, 5) to (10, 2.5): 5/10, -2.5/10; 10 to 20: ln 2, 10 to 5: -ln 2. Then nothing to learn.
        Expect.Close([0.5, -0.25, Math.Log(2), -Math.Log(2), 0, 0, 0, 0], Expect.Values(set.Offsets), 1e-6, 0, "offsets");
        var (sampled, objectness) = (set.Sampled.data<long>().ToArray(), set.Objectness.data<float>().ToArray());
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0], objectness);
        Assert.Equal([0L, 8L], [sampled[0], sampled[4]]);
        Assert.Equal(8, sampled.Distinct().Count());
        Assert.All(sampled[1..4], index => Assert.InRange(index, 1, 4));
        Assert.All(sampled[5..], index => Assert.InRange(index, 5, 9));
    }

    [Fact]
    public void ImagesWithoutObjects_GiveNegativesOnly()
    {
        using var scope = NewDisposeScope();
        var set = Targets.Compute(Anchors, [Truth([], []), Truth([], [])], [Shape, Shape], 1, CPU);
        Assert.Equal([0, 4], set.Offsets.shape);
        Assert.Equal([0], set.Positive.shape);
        Assert.Equal([8], set.Sampled.shape);
        Assert.Equal(0, set.Objectness.sum().item<float>());
    }

    [Fact]
    public void CrowdsCountAsBackground()
    {
        using var scope = NewDisposeScope();
        var with = Targets.Compute(Anchors, [new GroundTruth([0, 0, 10, 10], [0], null, [100, 100, 140, 140])], [Shape], 1, CPU);
        var without = Targets.Compute(Anchors, [Truth([0, 0, 10, 10], [0])], [Shape], 1, CPU);
        Expect.Close(without.Sampled, with.Sampled, 0, 0, "sampled");
        Expect.Close(without.Objectness, with.Objectness, 0, 0, "objectness");
    }

    [Fact]
    public void AnchorsBeyondTheBorder_TakeNoPart_AndAnObjectKeepsItsBestOfTheOthers()
    {
        using var scope = NewDisposeScope();
        var targets = new RpnTargets(
            new MaxIouAssigner(0.7, 0.3, 0.1),
            new RandomBoxSampler(10, 0.5),
            new DeltaBoxCoder(),
            allowedBorder: 0
        );

        // The second anchor reaches 2 pixels beyond the left border, the third to the lower border exactly, which is not within it. The object equals
        // the second; its best among the rest is the first, at IoU 8 x 10 / (10 x 10 + 10 x 10 - 80) = 2/3.
        Boxes[] anchors =
        [
            [0, 0, 10, 10, -2, 0, 8, 10, 0, 90, 10, 100, 50, 50, 60, 60],
        ];
        var shape = new ImageShape(1, 100, 100, 100, 100);
        var set = targets.Compute(anchors, [Truth([-2, 0, 8, 10], [0])], [shape], 1, CPU);
        Assert.Equal([0L], set.Positive.data<long>().ToArray());
        Assert.Equal([0L, 3L], set.Sampled.data<long>().ToArray());

        // Some pixels beyond are allowed: the second anchor is the best again.
        var wider = new RpnTargets(new MaxIouAssigner(0.7, 0.3, 0.1), new RandomBoxSampler(10, 0.5), new DeltaBoxCoder(), allowedBorder: 2);
        Assert.Equal([1L], wider.Compute(anchors, [Truth([-2, 0, 8, 10], [0])], [shape], 1, CPU).Positive.data<long>().ToArray());
        Assert.Equal(
            [1L, 2L, 3L],
            wider.Compute(anchors, [Truth([-2, 0, 8, 10], [0])], [shape], 1, CPU).Sampled.data<long>().ToArray().Order()
        );
    }

    [Fact]
    public void SeedDecidesTheChoice()
    {
        using var scope = NewDisposeScope();
        Boxes many = [.. Enumerable.Range(0, 200).SelectMany(i => new float[] { 20 * i, 0, (20 * i) + 10, 10 })];
        long[] Choose(long seed) =>
            Targets.Compute((Boxes[])[many], [Truth([0, 0, 10, 10], [0])], [Shape], seed, CPU).Sampled.data<long>().ToArray();
        Assert.Equal(Choose(3), Choose(3));
        Assert.NotEqual(Choose(3), Choose(4));
    }

    private static GroundTruth Truth(float[] boxes, long[] labels) => new(boxes, labels, null, []);
}
