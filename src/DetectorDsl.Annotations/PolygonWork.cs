using System.Collections.Immutable;

namespace DetectorDsl.Annotations;

/// <summary>How much work it is to fill outlines: each edge is followed from column to column of the image.</summary>
internal static class PolygonWork
{
    /// <summary>Why outlines may not be filled; null if they may.</summary>
    /// <param name="rings">Each as x0, y0, x1, y1 ... in pixels.</param>
    /// <param name="width">Columns of the image.</param>
    public static string? WhyTooMuch(ImmutableArray<ImmutableArray<double>> rings, int width)
    {
        var edges = 0L;
        foreach (var ring in rings.AsSpan())
        {
            edges += ring.Length / 2;
        }

        // Usual outlines are short, so that their edges need not be looked at.
        if (edges * width <= InputBudget.PolygonSteps)
        {
            return null;
        }

        var steps = 0.0;
        foreach (var ring in rings.AsSpan())
        {
            steps += Steps(ring.AsSpan(), width);
        }

        return steps <= InputBudget.PolygonSteps
            ? null
            : FormattableString.Invariant(
                $"its outline of {edges} points crosses columns of the image {steps:0} times, more than the {InputBudget.PolygonSteps} that are followed"
            );
    }

    private static double Steps(ReadOnlySpan<double> ring, int width)
    {
        var steps = 0.0;
        for (int i = 0, last = (ring.Length / 2 * 2) - 2; i + 1 < ring.Length; last = i, i += 2)
        {
            steps += Math.Abs(Math.Clamp(ring[i], 0, width) - Math.Clamp(ring[last], 0, width));
        }

        return steps;
    }
}
