using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Structures;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Heads;

public sealed class BalancedBoxSamplerTests
{
    // Twelve boxes on object 0, three on object 1, then thirty negatives in the three thirds of the overlap below 0.9: 24, 4 and 2.
    private static readonly Assignment Assignment = new(
        [.. Enumerable.Repeat(0, 12), .. Enumerable.Repeat(1, 3), .. Enumerable.Repeat(Assignment.Negative, 30), Assignment.Ignored],
        [
            .. Enumerable.Repeat(0.9f, 15),
            .. Enumerable.Repeat(0f, 20),
            0.1f,
            0.2f,
            0.25f,
            0.29f,
            .. Enumerable.Repeat(0.35f, 4),
            0.65f,
            0.7f,
            0.45f,
        ]
    );

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void PositivesAreSpreadOverObjects(long seed)
    {
        // Six of fifteen: at most round(6 / 2) + 1 = 4 of an object, and all three of the small one before any is left out at random.
        var sample = new BalancedBoxSampler(24, 0.25).Sample(Assignment, RandomSource.For(seed, 0, 0));
        Assert.Equal(6, sample.Positive.Distinct().Count());
        Assert.InRange(sample.Positive.Count(box => box >= 12), 2, 3);
        Assert.Equal(18, sample.Negative.Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void NegativesAreSpreadOverTheirOverlap(long seed)
    {
        // Twelve of thirty, four from each third; the last has two, and the others make up for them.
        var sample = new BalancedBoxSampler(12, 0.01).Sample(Assignment, RandomSource.For(seed, 0, 0));
        Assert.Empty(sample.Positive);
        Assert.Equal(12, sample.Negative.Distinct().Count());
        Assert.All(sample.Negative, box => Assert.Equal(Assignment.Negative, Assignment.Matched[box]));
        Assert.Equal((6, 4, 2), (In(0, 0.3f), In(0.3f, 0.6f), In(0.6f, 0.9f)));

        int In(float low, float high) => sample.Negative.Count(box => Assignment.Overlaps[box] >= low && Assignment.Overlaps[box] < high);
    }

    // Shares of 20,000 draws of mmdetection's own samplers from these boxes, by object, and by overlap: 0, below 0.3, below 0.6, below 0.9.
    [Theory]
    [InlineData(6, 0.2857, 0.8571)]
    [InlineData(8, 0.4167, 1)]
    public void PositivesAreDrawnAsOftenAsByMmdetection(int wanted, double first, double second) =>
        AssertShares(new BalancedBoxSampler(2 * wanted, 0.5), sample => sample.Positive, (0, 12, first), (12, 15, second));

    // Six and three, and one more of the six that are left. mmdetection compares tensors by identity there, so that it draws the tenth from all
    // fifteen, and drops it where it was chosen already.
    [Fact]
    public void WhatObjectsLackIsDrawnFromTheRest() =>
        AssertShares(new BalancedBoxSampler(20, 0.5), sample => sample.Positive, (0, 12, 7.0 / 12), (12, 15, 1));

    [Theory]
    [InlineData(6, 3, false, 0.0833, 0.0837, 0.5, 1)]
    [InlineData(6, 3, true, 0, 0.5, 0.5, 1)]
    [InlineData(9, 3, false, 0.1647, 0.1647, 0.7616, 1)]
    [InlineData(9, 3, true, 0, 0.8747, 0.8753, 1)]
    [InlineData(12, 3, true, 0.1, 1, 1, 1)]
    [InlineData(20, 3, false, 0.5836, 0.5822, 1, 1)]
    [InlineData(6, 1, false, 0.1994, 0.2017, 0.2028, 0.197)]
    [InlineData(6, 1, true, 0, 0.6011, 0.5982, 0.6014)]
    public void NegativesAreDrawnAsOftenAsByMmdetection(
        int wanted,
        int bins,
        bool overlappingFirst,
        double none,
        double low,
        double middle,
        double high
    ) =>
        AssertShares(
            new BalancedBoxSampler(wanted, 0.01, bins: bins, overlappingFirst: overlappingFirst),
            sample => sample.Negative,
            (15, 35, none),
            (35, 39, low),
            (39, 43, middle),
            (43, 45, high)
        );

    [Fact]
    public void FewBoxes_AreAllTaken()
    {
        var sample = new BalancedBoxSampler(200, 0.5).Sample(Assignment, RandomSource.For(1, 0, 0));
        Assert.Equal(Enumerable.Range(0, 15), sample.Positive);
        Assert.Equal(Enumerable.Range(15, 30), sample.Negative);
    }

    [Fact]
    public void ASeedFixesTheChoice() =>
        Assert.Equal(
            new BalancedBoxSampler(12, 0.25).Sample(Assignment, RandomSource.For(3, 0, 0)).Negative,
            new BalancedBoxSampler(12, 0.25).Sample(Assignment, RandomSource.For(3, 0, 0)).Negative
        );

    private static void AssertShares(
        BalancedBoxSampler sampler,
        Func<BoxSample, int[]> part,
        params (int First, int End, double Share)[] expected
    )
    {
        const int Rounds = 4000;
        var counts = new int[Assignment.Matched.Length];
        for (var seed = 0; seed < Rounds; seed++)
        {
            foreach (var box in part(sampler.Sample(Assignment, RandomSource.For(seed, 0, 0))))
            {
                counts[box]++;
            }
        }

        foreach (var (first, end, share) in expected)
        {
            Assert.InRange(counts[first..end].Sum() / (double)(Rounds * (end - first)), share - 0.012, share + 0.012);
        }
    }
}
