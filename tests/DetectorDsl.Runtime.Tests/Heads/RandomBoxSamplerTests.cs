using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Structures;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Heads;

public sealed class RandomBoxSamplerTests
{
    [Theory]
    [InlineData(3, 20, 3, 5)]
    [InlineData(10, 20, 4, 4)]
    [InlineData(10, 2, 4, 2)]
    [InlineData(0, 20, 0, 8)]
    [InlineData(0, 0, 0, 0)]
    public void PositivesUpToTheirShare_NegativesFillTheRest(int positives, int negatives, int wantedPositive, int wantedNegative)
    {
        var assignment = Boxes(positives, negatives, ignored: 5);
        var sample = new RandomBoxSampler(8, 0.5).Sample(assignment, RandomSource.For(1));
        Assert.Equal(wantedPositive, sample.Positive.Distinct().Count());
        Assert.Equal(wantedNegative, sample.Negative.Distinct().Count());
        Assert.Equal(wantedPositive, sample.Positive.Length);
        Assert.Equal(wantedNegative, sample.Negative.Length);
        Assert.All(sample.Positive, box => Assert.True(assignment.Matched[box] >= 0));
        Assert.All(sample.Negative, box => Assert.Equal(Assignment.Negative, assignment.Matched[box]));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 6)]
    [InlineData(0, 3)]
    public void NegativesAreBoundedByThePositives(int positives, int wanted) =>
        Assert.Equal(
            wanted,
            new RandomBoxSampler(100, 0.5, negativesPerPositive: 3).Sample(Boxes(positives, 50, 0), RandomSource.For(1)).Negative.Length
        );

    [Fact]
    public void ShareIsRoundedDown() =>
        Assert.Equal(2, new RandomBoxSampler(10, 0.25).Sample(Boxes(9, 50, 0), RandomSource.For(1)).Positive.Length);

    [Fact]
    public void SameStream_SameChoice()
    {
        var sampler = new RandomBoxSampler(16, 0.5);
        int[] Choose(long seed)
        {
            var sample = sampler.Sample(Boxes(30, 300, 10), RandomSource.For(seed));
            return [.. sample.Positive, .. sample.Negative];
        }

        Assert.Equal(Choose(5), Choose(5));
        Assert.NotEqual(Choose(5), Choose(6));
    }

    [Fact]
    public void EveryCandidateIsEquallyLikely()
    {
        var chosen = new int[5];
        for (var seed = 0; seed < 5000; seed++)
        {
            foreach (var box in new RandomBoxSampler(2, 1).Sample(Boxes(5, 0, 0), RandomSource.For(seed)).Positive)
            {
                chosen[box]++;
            }
        }

        // Expected 2000 of 5000 each, std sqrt(5000 * 0.4 * 0.6) = 35.
        Assert.All(chosen, count => Assert.InRange(count, 1860, 2140));
    }

    private static Assignment Boxes(int positives, int negatives, int ignored)
    {
        int[] matched =
        [
            .. Enumerable.Repeat(0, positives),
            .. Enumerable.Repeat(Assignment.Negative, negatives),
            .. Enumerable.Repeat(Assignment.Ignored, ignored),
        ];
        return new Assignment(matched, new float[matched.Length]);
    }
}
