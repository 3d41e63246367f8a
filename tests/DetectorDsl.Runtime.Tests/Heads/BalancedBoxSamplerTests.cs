using DetectorDsl.Data;
using DetectorDsl.Runtime.Heads;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Heads;

public sealed class BalancedBoxSamplerTests
{
    // Twelve boxes on object 0, three on object 1, then thirty negatives in the three thirds of the overlap below 0.9: 24, 4 and 2.
    private static readonly Assignment Assignment = new(
        [.. Enumerable.Repeat(0, 12), .. Enumerable.Repeat(1, 3), .. Enumerable.Repeat(Assignment.Negative, 30), Assignment.Ignored],
        [.. Enumerable.Repeat(0.9f, 15), .. Enumerable.Repeat(0f, 20), 0.1f, 0.2f, 0.25f, 0.29f, .. Enumerable.Repeat(0.35f, 4), 0.65f, 0.7f, 0.45f]);

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

    [Fact]
    public void FewBoxes_AreAllTaken()
    {
        var sample = new BalancedBoxSampler(200, 0.5).Sample(Assignment, RandomSource.For(1, 0, 0));
        Assert.Equal(Enumerable.Range(0, 15), sample.Positive);
        Assert.Equal(Enumerable.Range(15, 30), sample.Negative);
    }

    [Fact]
    public void ASeedFixesTheChoice() => Assert.Equal(
        new BalancedBoxSampler(12, 0.25).Sample(Assignment, RandomSource.For(3, 0, 0)).Negative,
        new BalancedBoxSampler(12, 0.25).Sample(Assignment, RandomSource.For(3, 0, 0)).Negative);
}
