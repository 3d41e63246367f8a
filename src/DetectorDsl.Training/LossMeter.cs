using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace DetectorDsl.Training;

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

    /// <summary>What is summed up so far, as a text that <see cref="GoOnFrom" /> reads; the pace is not in it.</summary>
    public string State =>
        string.Join(
            ' ',
            sums.Select(sum => sum.ToString("R", CultureInfo.InvariantCulture)).Prepend(steps.ToString(CultureInfo.InvariantCulture))
        );

    /// <summary>Measures the pace from now on.</summary>
    public void Restart() => (images, since) = (0, Stopwatch.GetTimestamp());

    /// <summary>Goes on from sums of an interrupted run; from none where they are of other terms.</summary>
    /// <param name="state">A text of <see cref="State" />.</param>
    public void GoOnFrom(string state)
    {
        var parts = state.Split(' ');
        var numbers = new double[parts.Length];
        if (
            parts.Length == sums.Length + 1
            && parts
                .Index()
                .All(part => double.TryParse(part.Item, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[part.Index]))
        )
        {
            steps = (int)numbers[0];
            numbers.AsSpan(1).CopyTo(sums);
        }
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
