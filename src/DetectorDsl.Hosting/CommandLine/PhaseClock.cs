using System.Diagnostics;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>Seconds spent on each phase of a run, in order.</summary>
internal sealed class PhaseClock
{
    private readonly List<(string Phase, double Seconds)> finished = [];
    private string? phase;
    private long start;

    /// <summary>The finished phases.</summary>
    public IReadOnlyList<(string Phase, double Seconds)> Seconds => finished;

    /// <summary>Ends the phase under way and begins another.</summary>
    public void Begin(string name)
    {
        End();
        (phase, start) = (name, Stopwatch.GetTimestamp());
    }

    /// <summary>Ends the phase under way.</summary>
    public void End()
    {
        if (phase is { } name)
        {
            finished.Add((name, Stopwatch.GetElapsedTime(start).TotalSeconds));
            phase = null;
        }
    }
}
