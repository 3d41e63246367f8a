using DetectorDsl.Detection.Matching;
using DetectorDsl.Runtime.Tests.Support;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Heads;

public sealed class MaxIouAssignerTests
{
    private const int Negative = Assignment.Negative;
    private const int Ignored = Assignment.Ignored;

    private static readonly float[] Truths = [0, 0, 10, 10, 100, 100, 110, 110];

    // Overlaps with their object: 1, 0.5, 0.2, 0.4, none, 0.4.
    private static readonly float[] Boxes =
    [
        0,
        0,
        10,
        10,
        0,
        0,
        10,
        5,
        0,
        0,
        10,
        2,
        100,
        100,
        110,
        104,
        50,
        50,
        60,
        60,
        100,
        106,
        110,
        110,
    ];

    [Fact]
    public void BoxesGoToTheObjectTheyOverlapMost()
    {
        var assignment = new MaxIouAssigner(0.7, 0.3, 0.3, matchLowQuality: false).Assign(Boxes, Truths);
        Assert.Equal([0, Ignored, Negative, Ignored, Negative, Ignored], assignment.Matched);
        Assert.Equal([1, 0.5f, 0.2f, 0.4f, 0, 0.4f], assignment.Overlaps);
    }

    [Fact]
    public void ObjectKeepsAllItsBestBoxes() =>
        Assert.Equal([0, Ignored, Negative, 1, Negative, 1], new MaxIouAssigner(0.7, 0.3, 0.3).Assign(Boxes, Truths).Matched);

    [Fact]
    public void BestBoxesBelowTheLeastOverlap_StayAsTheyAre() =>
        Assert.Equal([0, Ignored, Negative, Ignored, Negative, Ignored], new MaxIouAssigner(0.7, 0.3, 0.45).Assign(Boxes, Truths).Matched);

    [Fact]
    public void ThresholdsBelongToTheUpperSide()
    {
        // 0.5 is positive at 0.5 and not negative below 0.5.
        Assert.Equal(0, new MaxIouAssigner(0.5, 0.3, 0.3, matchLowQuality: false).Assign(Boxes, Truths).Matched[1]);
        Assert.Equal(Ignored, new MaxIouAssigner(0.7, 0.5, 0.3, matchLowQuality: false).Assign(Boxes, Truths).Matched[1]);
    }

    [Fact]
    public void BoxThatIsBestForTwoObjects_GoesToTheLater()
    {
        // Overlaps 1 and 0.8: the box is nearest to the first object, and the second one's best too; mmdetection lets the later object have it.
        float[] truths = [0, 0, 10, 10, 0, 0, 10, 8];
        Assert.Equal([1], new MaxIouAssigner(0.7, 0.3, 0.3).Assign([0, 0, 10, 10], truths).Matched);
        Assert.Equal([0], new MaxIouAssigner(0.7, 0.3, 0.3, matchLowQuality: false).Assign([0, 0, 10, 10], truths).Matched);

        // torchvision leaves it to the object that it is nearest to.
        Assert.Equal([0], new MaxIouAssigner(0.7, 0.3, 0.3, boxesKeepNearest: true).Assign([0, 0, 10, 10], truths).Matched);
    }

    [Fact]
    public void AnObjectThatMeetsNoBox_KeepsNone() =>
        Assert.Equal(
            [Negative, Negative],
            new MaxIouAssigner(0.5, 0.4, 0).Assign([0, 0, 10, 10, 20, 20, 30, 30], [50, 50, 60, 60]).Matched
        );

    [Fact]
    public void EqualOverlaps_GoToTheFirstObject() =>
        Assert.Equal(
            [0],
            new MaxIouAssigner(0.7, 0.3, 0.3, matchLowQuality: false).Assign([0, 0, 10, 10], [0, 0, 10, 10, 0, 0, 10, 10]).Matched
        );

    [Fact]
    public void WithoutObjects_EveryBoxIsNegative()
    {
        var assignment = new MaxIouAssigner(0.7, 0.3, 0.3).Assign(Boxes, []);
        Assert.Equal(Enumerable.Repeat(Negative, 6), assignment.Matched);
        Assert.Equal(new float[6], assignment.Overlaps);
    }

    [Fact]
    public void WithoutBoxes_NothingIsAssigned() => Assert.Empty(new MaxIouAssigner(0.7, 0.3, 0.3).Assign([], Truths).Matched);

    [Fact]
    public void EmptyAndUndefinedBoxes_AreNegative() =>
        Assert.Equal(
            [Negative, Negative],
            new MaxIouAssigner(0.7, 0.3, 0.3).Assign([5, 5, 5, 5, float.NaN, 0, 10, 10], [0, 0, 10, 10]).Matched
        );

    // More boxes than one thread takes up, and every one of them four times, far apart: an object's best boxes lie in several blocks.
    [Fact]
    public void ManyBoxes_AreAssignedAsFewAre()
    {
        const int Count = 10000;
        float[] once = [.. Fixtures.Boxes(3, Count, spread: 300, size: 80)];
        float[] boxes = [.. once, .. once, .. once, .. once];
        float[] truths = [.. Fixtures.Boxes(4, 9, spread: 300, size: 120)];
        var assigner = new MaxIouAssigner(0.7, 0.3, 0.3);
        var few = assigner.Match([.. Enumerable.Range(0, 9).Select(g => Overlaps(once, truths[(g * 4)..((g * 4) + 4)]))], Count);
        var many = assigner.Assign(boxes, truths);
        for (var copy = 0; copy < 4; copy++)
        {
            Assert.Equal(few.Matched, many.Matched.Skip(copy * Count).Take(Count));
            Assert.Equal(few.Overlaps, many.Overlaps.Skip(copy * Count).Take(Count));
        }

        Assert.Equal(9, many.Matched.Where(g => g >= 0).Distinct().Count());

        static float[] Overlaps(float[] boxes, float[] truth) =>
            [
                .. boxes
                    .Chunk(4)
                    .Select(box =>
                    {
                        var shared =
                            MathF.Max(0, MathF.Min(box[2], truth[2]) - MathF.Max(box[0], truth[0]))
                            * MathF.Max(0, MathF.Min(box[3], truth[3]) - MathF.Max(box[1], truth[1]));
                        return shared
                            / (((box[2] - box[0]) * (box[3] - box[1])) + ((truth[2] - truth[0]) * (truth[3] - truth[1])) - shared);
                    }),
            ];
    }

    [Fact]
    public void GivenOverlaps_AreMatchedAlike()
    {
        float[][] overlaps =
        [
            [0.9f, 0.2f, 0.6f],
            [0.1f, 0.4f, 0.65f],
        ];
        Assert.Equal([0, Ignored, 1], new MaxIouAssigner(0.7, 0.15, 0.3).Match(overlaps, 3).Matched);
    }

    // 7 of 10 units, 3 of 10 and 3 of 5: the quotient in single precision is the bound's own.
    [Theory]
    [InlineData(7, 0.7, 0.3, 0)]
    [InlineData(3, 0.7, 0.3, Ignored)]
    [InlineData(6, 0.6, 0.6, 0)]
    [InlineData(4, 0.7, 0.4, Ignored)]
    public void ABoundIsComparedInThePrecisionOfTheBoxes(float width, double positive, double negative, int matched) =>
        Assert.Equal(
            [matched],
            new MaxIouAssigner(positive, negative, 0.3, matchLowQuality: false).Assign([0, 0, width, 1], [0, 0, 10, 1]).Matched
        );

    [Fact]
    public void TheLeastOverlapOfAnObjectsBest_IsComparedInThePrecisionOfTheBoxes() =>
        Assert.Equal([0], new MaxIouAssigner(0.9, 0.8, 0.7).Assign([0, 0, 7, 1], [0, 0, 10, 1]).Matched);
}
