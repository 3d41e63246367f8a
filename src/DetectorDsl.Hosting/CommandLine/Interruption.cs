using System.Runtime.InteropServices;
using DetectorDsl.Native;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>
/// Turns the first Ctrl-C, request to terminate, closed terminal or request to quit into a cancellation; the second ends the process at once.
/// </summary>
/// <remarks>What was ignored when the process began stays ignored, such as the closed terminal under nohup.</remarks>
internal sealed class Interruption : IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    private readonly CancellationTokenSource source = new();
    private readonly Action<string> tell;
    private readonly Action end;
    private readonly PosixSignalRegistration[] registrations;
    private int signals;

    public Interruption(Action<string> tell)
        : this(tell, static () => ProcessEnd.AtOnce(ExitCodes.Interrupted)) { }

    /// <param name="tell">Is told what the first signal leads to.</param>
    /// <param name="end">Ends the process.</param>
    internal Interruption(Action<string> tell, Action end)
    {
        (this.tell, this.end) = (tell, end);
        registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, Handle))];
    }

    public CancellationToken Token => source.Token;

    // Once a stop was asked for the process is about to end: a late second signal must not find the system's own way to end it.
    public void Dispose()
    {
        if (Volatile.Read(ref signals) > 0)
        {
            return;
        }

        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    // Each signal has a thread of its own, so a second one may arrive while the first is being told of.
    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref signals) > 1)
        {
            end();
            return;
        }

        source.Cancel();
        try
        {
            tell("stopping after the current step; once more ends at once.");
        }
        catch (IOException)
        {
            // The terminal is gone, which is why we were told to stop.
        }
    }
}
