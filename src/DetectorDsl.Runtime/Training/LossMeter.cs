using System.Collections.Immutable;
using System.Diagnostics;

namespace DetectorDsl.Runtime.Training;

/// <summary>Means of the losses, and the pace, since they were last asked for.</summary>
internal sealed class LossMeter(IReadOnlyList<string> terms)
{
    private readonly double[] sums = new double[terms.Count];
    private long since = Stopwatch.GetTimestamp();
    private int steps;
    private int images;

    public void Add(RecordedStep step)
    {
        for (var term = 0; term < sums.Length; term++)
        {
            sums[term] += step.Losses[term];
        }

        steps++;
        images += step.Note.ImageIds.Length;
    }

    /// <summary>Starts anew.</summary>
    /// <returns>Mean of each term, their sum, and images per second.</returns>
    public (ImmutableArray<LossTerm> Losses, double Total, double ImagesPerSecond) Take()
    {
        var now = Stopwatch.GetTimestamp();
        var seconds = Math.Max(1e-9, Stopwatch.GetElapsedTime(since, now).TotalSeconds);
        var means = terms.Select((name, term) => new LossTerm(name, sums[term] / Math.Max(1, steps))).ToImmutableArray();
        var pace = images / seconds;
        Array.Clear(sums);
        (steps, images, since) = (0, 0, now);
        return (means, means.Sum(term => term.Value), pace);
    }
}
