using DetectorDsl.Hosting.Experiments;
using DetectorDsl.LongTail.Tests.Support;
using DetectorDsl.Runtime.Tests.Support;
using LongTail.Experiment;
using Xunit;

namespace DetectorDsl.LongTail.Tests;

public sealed class ComparisonTests : IDisposable
{
    private static readonly Budget Small = new("small", 1, 1, TuningSeed: 9, Seeds: [1, 2], LearningRates: [0.1, 0.2, 0.4]);

    private readonly TemporaryFolder folder = new();
    private readonly RunLog results;

    public ComparisonTests() => results = new RunLog(folder.File("runs.jsonl"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task TheClaimsRowsComeFirst_TuningBeforeSeeds()
    {
        var executor = Executor(_ => 0);
        await Run(executor, Rows.Main);

        var claim = executor.Done.Take(10).ToList();
        Assert.All(claim, run => Assert.Contains(run.Row, new[] { Rows.Claim.Method, Rows.Claim.Baseline }));
        Assert.All(claim.Take(6), run => Assert.Equal(9, run.Seed));
        Assert.All(claim.Skip(6), run => Assert.Contains(run.Seed, Small.Seeds));
        Assert.Equal(8 * (3 + 2), executor.Done.Count);
        Assert.Equal(executor.Done.Count, executor.Done.Distinct().Count());
    }

    [Fact]
    public async Task EveryRow_GetsTheSameLearningRatesTried_AndKeepsItsBest()
    {
        var executor = Executor(run => run.Row == Rows.Baseline ? -Math.Abs(run.LearningRate - 0.2) : run.LearningRate);
        var comparison = await Run(executor, Rows.Main);

        Assert.All(Rows.Main, row =>
            Assert.Equal(Small.LearningRates, executor.Done.Where(run => run.Row == row && run.Seed == 9).Select(run => run.LearningRate))
        );
        Assert.Equal(0.2, comparison.LearningRate(Rows.Baseline));
        Assert.All(executor.Done.Where(run => run.Seed != 9), run => Assert.Equal(run.Row == Rows.Baseline ? 0.2 : 0.4, run.LearningRate));
    }

    [Fact]
    public async Task OfEqualLearningRates_TheLowestIsTaken() =>
        Assert.Equal(0.1, (await Run(Executor(_ => 0.5), [Rows.Baseline])).LearningRate(Rows.Baseline));

    [Fact]
    public void WhileARateIsUntried_NoneIsTaken() =>
        Assert.Null(new Comparison(TailData.Usual, Small, results, Executor(_ => 0)).LearningRate(Rows.Baseline));

    [Fact]
    public async Task AfterAnInterruption_OnlyWhatIsMissingIsDone()
    {
        var first = Executor(run => run.LearningRate);
        first.Interruption = 7;
        await Assert.ThrowsAsync<OperationCanceledException>(() => Run(first, Rows.Main));

        var second = Executor(run => run.LearningRate);
        await Run(second, Rows.Main);
        Assert.Equal((8 * 5) - 7, second.Done.Count);
        Assert.Empty(first.Done.Intersect(second.Done));

        var third = Executor(run => run.LearningRate);
        await Run(third, Rows.Main);
        Assert.Empty(third.Done);
    }

    [Fact]
    public async Task TheSecondSampler_KeepsTheLearningRates()
    {
        var executor = Executor(run => run.LearningRate);
        await new Comparison(TailData.Usual, Small, results, executor).RunAsync(
            [Rows.Baseline],
            [Sampling.Random, Sampling.RepeatFactor],
            () => { },
            CancellationToken.None
        );

        Assert.Equal(3 + 2 + 2, executor.Done.Count);
        Assert.All(executor.Done.Where(run => run.Sampling == Sampling.RepeatFactor), run => Assert.Equal(0.4, run.LearningRate));
    }

    [Fact]
    public async Task ARowWithoutASampler_IsLeftOut()
    {
        var executor = Executor(_ => 0);
        await new Comparison(TailData.Usual, Small, results, executor).RunAsync(
            [Rows.Named("mitigation")],
            [Sampling.RepeatFactor],
            () => { },
            CancellationToken.None
        );

        Assert.DoesNotContain(executor.Done, run => run.Sampling == Sampling.RepeatFactor);
    }

    [Fact]
    public async Task TheReport_HasMeansDeviationsAndIntervals()
    {
        // Baseline 0.10 and 0.12, method 0.20 and 0.24: differences 0.10 and 0.12, mean 0.11, deviation 0.0141421; t(0.975, 1) = 12.706, so the
        // interval is 0.11 -+ 12.7062 x 0.01 = [-0.017, 0.237]: two seeds show nothing.
        var executor = Executor(run =>
            run.Row == Rows.Claim.Method
                ? run.Seed == 1
                    ? 0.2
                    : 0.24
                : run.Seed == 1
                    ? 0.1
                    : 0.12
        );
        Row[] rows = [Rows.Claim.Baseline, Rows.Claim.Method];
        var comparison = await Run(executor, rows);
        var text = new Report(comparison, Small, rows, [Sampling.Random]).ToMarkdown();

        Assert.Contains("| box AP | box APr | box APc | box APf | mask AP |", text, StringComparison.Ordinal);
        Assert.Contains("+11.0 [-1.7, +23.7]", text, StringComparison.Ordinal);
        Assert.Contains("| Seesaw + normalized linear | 22.0 ± 2.8 |", text, StringComparison.Ordinal);
        Assert.Contains("| 2 | not shown |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", new Report(comparison, Small, rows, [Sampling.Random]).ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AClaim_IsShownWhereTheLowerEndIsAbove0()
    {
        // Differences 0.10 and 0.101: the interval is 0.1005 -+ 12.7062 x 0.0005 = [0.094, 0.107].
        var executor = Executor(run =>
            run.Row == Rows.Claim.Method
                ? run.Seed == 1
                    ? 0.2
                    : 0.221
                : run.Seed == 1
                    ? 0.1
                    : 0.12
        );
        Row[] rows = [Rows.Claim.Baseline, Rows.Claim.Method];

        Assert.Contains(
            "| 2 | shown |",
            new Report(await Run(executor, rows), Small, rows, [Sampling.Random]).ToMarkdown(),
            StringComparison.Ordinal
        );
    }

    private InventedExecutor Executor(Func<RowRun, double> value) => new(results, TailData.Usual, Small, value);

    private async Task<Comparison> Run(InventedExecutor executor, IReadOnlyList<Row> rows)
    {
        var comparison = new Comparison(TailData.Usual, Small, results, executor);
        await comparison.RunAsync(rows, [Sampling.Random], () => { }, CancellationToken.None);
        return comparison;
    }
}
