using System.Globalization;
using DetectorDsl.Hosting.Experiments;
using DetectorDsl.Hosting.Processes;

namespace LongTail.Experiment;

/// <summary>Does each run in a process of its own, a few at a time.</summary>
/// <param name="folder">The experiment's folder.</param>
/// <param name="results">Receives the results.</param>
/// <param name="budget">How long is trained.</param>
/// <param name="workers">Processes at a time.</param>
/// <param name="output">Told of each run that is finished.</param>
internal sealed class ProcessExecutor(string folder, RunLog results, Budget budget, int workers, TextWriter output) : IRunExecutor
{
    private const int Threads = 1;

    /// <inheritdoc />
    public Task PretrainAsync(CancellationToken cancellation) =>
        File.Exists(PretrainedWeights.FileIn(folder))
            ? Task.CompletedTask
            : RunAsync([new WorkerTask("pretraining", [WorkerVerb.Name, .. Common, WorkerVerb.PretrainingOption])], cancellation);

    /// <inheritdoc />
    public Task RunAsync(IReadOnlyList<RowRun> runs, CancellationToken cancellation) => RunAsync([.. runs.Select(TaskOf)], cancellation);

    private IEnumerable<string> Common =>
        ["--output", folder, "--results", results.Path, .. budget.IsQuick ? ["--quick"] : Array.Empty<string>()];

    private WorkerTask TaskOf(RowRun run) =>
        new(
            run.Name,
            [
                WorkerVerb.Name,
                .. Common,
                "--row",
                run.Row.Name,
                "--sampling",
                run.Sampling.ToString(),
                "--seed",
                run.Seed.ToString(CultureInfo.InvariantCulture),
                "--learning-rate",
                Number.Text(run.LearningRate),
                .. run.IsBalanced ? ["--balanced"] : Array.Empty<string>(),
            ]
        );

    private Task RunAsync(IReadOnlyList<WorkerTask> tasks, CancellationToken cancellation)
    {
        var done = 0;
        return new WorkerProcesses(program: null, workers, Threads).RunAsync(
            tasks,
            (task, time) =>
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{DateTime.Now:HH:mm:ss}  {++done}/{tasks.Count}  {task.Name}: {time.TotalSeconds:0} s"
                    )
                ),
            cancellation
        );
    }
}
