using System.Globalization;
using System.Runtime.InteropServices;
using DetectorDsl.Hosting.CommandLine;
using DetectorDsl.Runtime.Tests.Native;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.CommandLine;

/// <summary>Signals to the tests' own process, one after the other, and to a process that computes.</summary>
public sealed partial class InterruptionTests
{
    private const int Hangup = 1;
    private const int Interrupt = 2;
    private const int Quit = 3;
    private const int Terminate = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [SkippableTheory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    [InlineData(Hangup)]
    [InlineData(Quit)]
    public async Task TheFirstSignal_AsksForAStop_AndTheSecondEnds(int signal)
    {
        Needs(signal);
        var (told, ended) = (new TaskCompletionSource<string>(), new TaskCompletionSource());
        using var interruption = new Interruption(told.SetResult, () => ended.TrySetResult());

        Assert.Equal(0, kill(Environment.ProcessId, signal));
        Assert.Contains("once more ends at once", await told.Task.WaitAsync(Patience), StringComparison.Ordinal);
        Assert.True(interruption.Token.IsCancellationRequested);
        Assert.False(ended.Task.IsCompleted);

        Assert.Equal(0, kill(Environment.ProcessId, Terminate));
        await ended.Task.WaitAsync(Patience);
    }

    [SkippableFact]
    public async Task ATerminalThatIsGone_DoesNotKeepFromStopping()
    {
        Needs(Hangup);
        var told = new TaskCompletionSource();
        using var interruption = new Interruption(
            _ =>
            {
                told.SetResult();
                throw new IOException("Input/output error");
            },
            () => { }
        );
        Assert.Equal(0, kill(Environment.ProcessId, Hangup));
        await told.Task.WaitAsync(Patience);
        Assert.True(interruption.Token.IsCancellationRequested);
    }

    // DETECTORDSL_SIGNALS sets how many processes are ended; two by default.
    [SkippableFact]
    public void TwoSignalsInTheMidstOfAStep_EndAtOnceWith130()
    {
        Needs(Interrupt, Hangup);
        var count = int.TryParse(Environment.GetEnvironmentVariable("DETECTORDSL_SIGNALS"), out var wanted) ? wanted : 2;
        for (var round = 0; round < count; round++)
        {
            using var process = StartedProcess.Start([StartedProcess.Compute]);
            Assert.Equal("computing", process.StandardOutput.ReadLine());
            Thread.Sleep(round * 7 % 100);
            Assert.Equal(0, kill(process.Id, round % 2 == 0 ? Interrupt : Terminate));
            Assert.Equal("stopping after the current step; once more ends at once.", process.StandardOutput.ReadLine());
            Thread.Sleep(round * 3 % 40);
            Assert.Equal(0, kill(process.Id, round % 3 == 0 ? Interrupt : Hangup));
            Assert.True(process.WaitForExit(Patience), "The process goes on.");
            Assert.Equal((130, ""), (process.ExitCode, process.StandardError.ReadToEnd()));
        }
    }

    // Under nohup a closed terminal is ignored, and stays so.
    [SkippableFact]
    public void AHangupThatIsIgnored_StaysIgnored()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Ignored signals are passed on as Linux does.");
        using var process = StartedProcess.Start([StartedProcess.Compute], under: "nohup");
        Assert.Equal("computing", process.StandardOutput.ReadLine());
        Assert.Equal(0, kill(process.Id, Hangup));
        Assert.False(process.WaitForExit(TimeSpan.FromMilliseconds(300)));
        Assert.Equal(0, kill(process.Id, Terminate));
        Assert.Equal("stopping after the current step; once more ends at once.", process.StandardOutput.ReadLine());
        Assert.Equal(0, kill(process.Id, Terminate));
        Assert.True(process.WaitForExit(Patience), "The process goes on.");
        Assert.Equal(130, process.ExitCode);
    }

    private static void Needs(params int[] signals)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has other signals.");
        Skip.If(signals.Any(IsIgnored), "The tests were started so that a signal is ignored, as under nohup.");
    }

    // Only Linux tells. Source: proc(5), SigIgn, a bit for each signal from 1.
    private static bool IsIgnored(int signal) =>
        OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is var line
        && ((ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (signal - 1)) & 1) != 0;

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
