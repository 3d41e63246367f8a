using System.Collections.Immutable;
using DetectorDsl.Hosting.Experiments;

namespace LongTail.Experiment;

/// <summary>
/// The order of an experiment: learning rates on the tuning seed, then every seed with the best of them; the rows of the claim first. What is
/// finished is not done again.
/// </summary>
internal sealed class Comparison(TailData data, Budget budget, RunLog results, IRunExecutor executor)
{
    // Finished runs do not change, and a report asks for each many times.
    private readonly Dictionary<RowRun, RunResult> found = [];

    /// <summary>The value that decides between learning rates.</summary>
    public static string TuningValue { get; } = Names.Of(Names.Balanced, Names.Boxes, Names.Usual, "AP");

    /// <summary>Does what is missing.</summary>
    /// <param name="rows">The rows wanted.</param>
    /// <param name="samplings">The samplers wanted, one table after the other.</param>
    /// <param name="finished">Called whenever a table may have changed.</param>
    /// <param name="cancellation">Ends it; what is finished is kept.</param>
    public async Task RunAsync(IReadOnlyList<Row> rows, IReadOnlyList<Sampling> samplings, Action finished, CancellationToken cancellation)
    {
        await executor.PretrainAsync(cancellation).ConfigureAwait(false);
        Row[] claim = [.. rows.Where(row => row == Rows.Claim.Method || row == Rows.Claim.Baseline)];
        foreach (var sampling in samplings)
        {
            foreach (var group in (Row[][])[claim, [.. rows.Except(claim)]])
            {
                await TuneAsync(group, cancellation).ConfigureAwait(false);
                await DoAsync(budget.Seeds.SelectMany(seed => group.Select(row => Final(row, sampling, seed)!)), cancellation)
                    .ConfigureAwait(false);
                finished();
            }
        }
    }

    /// <summary>Tries the learning rates for some rows.</summary>
    public Task TuneAsync(IEnumerable<Row> rows, CancellationToken cancellation) => DoAsync(rows.SelectMany(Tuning), cancellation);

    /// <summary>Does those of some runs that are not finished.</summary>
    public async Task DoAsync(IEnumerable<RowRun> runs, CancellationToken cancellation)
    {
        RowRun[] missing = [.. runs.Where(run => run.Row.Trainer(run.Sampling) is not null && Find(run) is null)];
        if (missing.Length > 0)
        {
            await executor.RunAsync(missing, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The result of a run; null where it is not finished.</summary>
    public RunResult? Find(RowRun run)
    {
        if (!found.TryGetValue(run, out var result) && results.Find(run.Configuration(data, budget)) is { } kept)
        {
            found[run] = result = kept;
        }

        return result;
    }

    /// <summary>The learning rate that a row is given: the best on the tuning seed, the lowest of equal ones; null while a rate is still to be tried.</summary>
    /// <remarks>It is sought with the random sampler and kept for the other.</remarks>
    public double? LearningRate(Row row)
    {
        if (budget.LearningRates is [var only])
        {
            return only;
        }

        var tried = Tuning(row).Select(run => (run.LearningRate, Value: Find(run)?.Values[TuningValue])).ToList();
        return tried.All(item => item.Value is not null)
            ? tried.OrderByDescending(item => item.Value).ThenBy(item => item.LearningRate).First().LearningRate
            : null;
    }

    /// <summary>A row's values on every finished seed.</summary>
    public ImmutableSortedDictionary<long, ImmutableSortedDictionary<string, double>> Values(Row row, Sampling sampling) =>
        budget
            .Seeds.Select(seed =>
                (Seed: seed, Result: row.Trainer(sampling) is null || Final(row, sampling, seed) is not { } run ? null : Find(run))
            )
            .Where(item => item.Result is not null)
            .ToImmutableSortedDictionary(item => item.Seed, item => item.Result!.Values);

    private RowRun? Final(Row row, Sampling sampling, long seed) =>
        LearningRate(row) is { } rate ? new RowRun(row, sampling, seed, rate) : null;

    private IEnumerable<RowRun> Tuning(Row row) =>
        budget.LearningRates.Length < 2
            ? []
            : budget.LearningRates.Select(rate => new RowRun(row, Sampling.Random, budget.TuningSeed, rate));
}
