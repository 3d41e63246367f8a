using System.Collections.Immutable;
using DetectorDsl.Hosting.Experiments;
using LongTail.Experiment;
using Xunit;

namespace DetectorDsl.LongTail.Tests;

public sealed class DifficultyTests
{
    [Fact]
    public void MeansOverSeedsDecide()
    {
        // The second seed alone would be unfit in every respect.
        var difficulty = Difficulty.Of([Tail(0.9, 0.1, 0.5, 0.5), Tail(0.4, 0.2, 0.515, 0.5)], [Balanced(0.9), Balanced(0.6)]);

        Assert.Equal(0.65, difficulty.FrequentAP50, 12);
        Assert.Equal(0.15, difficulty.RareAP50, 12);
        Assert.Equal(0.75, difficulty.BalancedRareAccuracy, 12);
        Assert.Equal(0.0075, difficulty.LastFifth, 12);
        Assert.True(difficulty.IsFit);
    }

    [Theory]
    [InlineData(0.44, 0.1, 0.8, 0.005)]
    [InlineData(0.6, 0.21, 0.8, 0.005)]
    [InlineData(0.6, 0.1, 0.69, 0.005)]
    [InlineData(0.6, 0.1, 0.8, 0.011)]
    public void EveryConditionMatters(double frequent, double rare, double balanced, double gain) =>
        Assert.False(Difficulty.Of([Tail(frequent, rare, 0.5 + gain, 0.5)], [Balanced(balanced)]).IsFit);

    [Fact]
    public void SeedsOfTheComparisonAreOthers()
    {
        var seeds = Difficulty.Runs(4e-3, isBalanced: false).Select(run => run.Seed).ToList();

        Assert.Empty(seeds.Intersect([.. Budget.Full.Seeds, Budget.Full.TuningSeed]));
        Assert.Equal(seeds, Difficulty.Runs(4e-3, isBalanced: true).Select(run => run.Seed));
        Assert.All(Difficulty.Runs(4e-3, isBalanced: true), run => Assert.True(run.IsBalanced));
    }

    private static RunResult Tail(double frequent, double rare, double late, double early) =>
        Result(
            ("balanced.boxes.300.AP50f", frequent),
            ("balanced.boxes.300.AP50r", rare),
            ("balanced.boxes.300.APf", late),
            ("early.balanced.boxes.300.APf", early),
            ("accuracy.r", 0)
        );

    private static RunResult Balanced(double accuracy) => Result(("accuracy.r", accuracy));

    private static RunResult Result(params (string Name, double Value)[] values) =>
        new(RunConfiguration.Of(), 1, values.ToImmutableSortedDictionary(item => item.Name, item => item.Value, StringComparer.Ordinal));
}
