using System.Collections.Immutable;

namespace DetectorDsl.Evaluation;

/// <summary>The points at which the rules sample, to the last bit as numpy.linspace makes them: recalls are compared with them for equality.</summary>
internal static class Grid
{
    /// <summary>0.50, 0.55 ... 0.95.</summary>
    public static readonly ImmutableArray<double> IouThresholds = Linear(0.5, 0.95, 10);

    /// <summary>0, 0.01 ... 1.</summary>
    public static readonly ImmutableArray<double> Recalls = Linear(0, 1, 101);

    private static ImmutableArray<double> Linear(double first, double last, int count)
    {
        var step = (last - first) / (count - 1);
        var points = new double[count];
        for (var i = 0; i < count; i++)
        {
            points[i] = (i * step) + first;
        }

        points[^1] = last;
        return [.. points];
    }
}
