namespace LongTail.Experiment;

/// <summary>Does runs and keeps their results.</summary>
internal interface IRunExecutor
{
    /// <summary>Makes the weights that all runs start from, unless they are there.</summary>
    Task PretrainAsync(CancellationToken cancellation);

    /// <summary>Does runs, none of which is finished yet.</summary>
    Task RunAsync(IReadOnlyList<RowRun> runs, CancellationToken cancellation);
}
