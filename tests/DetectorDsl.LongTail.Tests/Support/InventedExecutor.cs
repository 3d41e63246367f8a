using System.Collections.Immutable;
using DetectorDsl.Hosting.Experiments;
using LongTail.Experiment;

namespace DetectorDsl.LongTail.Tests.Support;

/// <summary>Keeps results that it makes up, and remembers what was asked of it.</summary>
internal sealed class InventedExecutor(RunLog results, TailData data, Budget budget, Func<RowRun, double> value) : IRunExecutor
{
    public List<RowRun> Done { get; } = [];

    public int TimesPretrained { get; private set; }

    /// <summary>Runs to do before an interruption; null for none.</summary>
    public int? Interruption { get; set; }

    public Task PretrainAsync(CancellationToken cancellation)
    {
        TimesPretrained++;
        return Task.CompletedTask;
    }

    public Task RunAsync(IReadOnlyList<RowRun> runs, CancellationToken cancellation)
    {
        foreach (var run in runs)
        {
            if (Done.Count == Interruption)
            {
                throw new OperationCanceledException();
            }

            Done.Add(run);
            var values =
                from set in Names.Sets
                from kind in Names.Kinds
                from limit in Names.Limits
                from metric in new[] { "AP", "APr", "APc", "APf" }
                select KeyValuePair.Create(Names.Of(set, kind, limit, metric), value(run));
            results.Keep(new RunResult(run.Configuration(data, budget), 1, values.ToImmutableSortedDictionary()));
        }

        return Task.CompletedTask;
    }
}
