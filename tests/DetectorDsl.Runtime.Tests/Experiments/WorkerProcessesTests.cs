using System.Collections.Concurrent;
using DetectorDsl.Hosting.Processes;
using DetectorDsl.Runtime.Tests.Support;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Experiments;

public sealed class WorkerProcessesTests
{
    [SkippableFact]
    public async Task AllTasks_AreDone_WithTheThreadsOfAWorker()
    {
        Skip.IfNot(File.Exists("/bin/sh"), "needs a shell");
        using var folder = new TemporaryFolder();
        var told = new ConcurrentQueue<string>();
        var tasks = Enumerable
            .Range(0, 5)
            .Select(i => new WorkerTask($"task {i}", ["-c", $"echo $OMP_NUM_THREADS > {folder.File($"{i}")}"]))
            .ToList();

        await new WorkerProcesses("/bin/sh", workers: 2, threads: 3).RunAsync(
            tasks,
            (task, _) => told.Enqueue(task.Name),
            CancellationToken.None
        );

        Assert.Equal(tasks.Select(task => task.Name), told.Order());
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal("3", File.ReadAllText(folder.File($"{i}")).Trim()));
    }

    [SkippableFact]
    public async Task AFailure_SaysWhatTheProcessWrote_AndNothingMoreIsBegun()
    {
        Skip.IfNot(File.Exists("/bin/sh"), "needs a shell");
        using var folder = new TemporaryFolder();
        WorkerTask[] tasks =
        [
            new("good", ["-c", "true"]),
            new("bad", ["-c", "echo some words; echo more >&2; exit 3"]),
            new("late", ["-c", $"touch {folder.File("late")}"]),
        ];

        var exception = await Assert.ThrowsAsync<WorkerException>(() =>
            new WorkerProcesses("/bin/sh", workers: 1, threads: 1).RunAsync(tasks, (_, _) => { }, CancellationToken.None)
        );

        Assert.Contains("bad", exception.Message, StringComparison.Ordinal);
        Assert.Contains("code 3", exception.Message, StringComparison.Ordinal);
        Assert.Contains(
            "some words\nmore",
            exception.Message.Replace("\r", "", StringComparison.Ordinal).Replace("\n\n", "\n", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(folder.File("late")));
    }

    [SkippableFact]
    public async Task Cancelled_EndsTheProcess()
    {
        Skip.IfNot(File.Exists("/bin/sh"), "needs a shell");
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        var running = new WorkerProcesses("/bin/sh", workers: 1, threads: 1).RunAsync(
            [new("endless", ["-c", $"echo $$ > {folder.File("id")}; sleep 600"])],
            (_, _) => { },
            cancellation.Token
        );
        while (!File.Exists(folder.File("id")))
        {
            await Task.Delay(20);
        }

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
