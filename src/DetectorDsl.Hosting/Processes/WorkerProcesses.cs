using System.Collections.Concurrent;
using System.Diagnostics;

namespace DetectorDsl.Hosting.Processes;

/// <summary>A piece of work for a process of its own.</summary>
/// <param name="Name">What a person calls it.</param>
/// <param name="Arguments">Arguments of this program that do it.</param>
public sealed record WorkerTask(string Name, IReadOnlyList<string> Arguments);

/// <summary>
/// Runs tasks in processes of their own, a few at a time: torch's generator and its threads belong to a process, so that runs in one would disturb
/// each other.
/// </summary>
/// <param name="program">The executable; null for this one.</param>
/// <param name="workers">Processes at a time, at least 1.</param>
/// <param name="threads">Computing threads of each, at least 1.</param>
public sealed class WorkerProcesses(string? program, int workers, int threads)
{
    /// <summary>Runs all tasks; those that are not begun when one fails are left.</summary>
    /// <param name="tasks">The tasks, in order of their beginning.</param>
    /// <param name="finished">Told of each task that has ended well, and how long it took; on any thread, one at a time.</param>
    /// <param name="cancellation">Ends the processes.</param>
    /// <exception cref="WorkerException">A process ended with an error; the message holds what it wrote.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task RunAsync(IReadOnlyList<WorkerTask> tasks, Action<WorkerTask, TimeSpan> finished, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(finished);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        var waiting = new ConcurrentQueue<WorkerTask>(tasks);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var turn = new Lock();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync())).ConfigureAwait(false);

        async Task WorkAsync()
        {
            while (!failed.IsCancellationRequested && waiting.TryDequeue(out var task))
            {
                var clock = Stopwatch.StartNew();
                try
                {
                    await RunAsync(task, cancellation).ConfigureAwait(false);
                }
                catch
                {
                    // The others finish what they have begun: their results are kept.
                    await failed.CancelAsync().ConfigureAwait(false);
                    throw;
                }

                lock (turn)
                {
                    finished(task, clock.Elapsed);
                }
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }

    private async Task RunAsync(WorkerTask task, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(
            program ?? OwnProgram.Executable,
            [.. program is null ? OwnProgram.Arguments : [], .. task.Arguments]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in (string[])["OMP_NUM_THREADS", "MKL_NUM_THREADS"])
        {
            start.Environment[name] = FormattableString.Invariant($"{threads}");
        }

        using var process = Process.Start(start)!;
        var (output, error) = (
            process.StandardOutput.ReadToEndAsync(CancellationToken.None),
            process.StandardError.ReadToEndAsync(CancellationToken.None)
        );
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        var said = string.Join(
                '\n',
                new[] { await output.ConfigureAwait(false), await error.ConfigureAwait(false) }.Where(text => text.Length > 0)
            )
            .TrimEnd();
        if (process.ExitCode != 0)
        {
            throw new WorkerException($"{task.Name}: its process ended with code {process.ExitCode}. It wrote:\n{said}");
        }
    }
}

/// <summary>A process that was given a part of the work has failed.</summary>
/// <param name="message">Which part, and what the process wrote.</param>
public sealed class WorkerException(string message) : Exception(message);
