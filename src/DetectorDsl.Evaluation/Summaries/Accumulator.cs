using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Matching;

namespace DetectorDsl.Evaluation.Summaries;

/// <summary>Draws all curves in parallel.</summary>
internal static class Accumulator
{
    public static CurveTable Accumulate(MatchedDetections matched)
    {
        var truth = matched.Truth;
        var frequencies = truth.Settings.ClassAgnostic ? new CategoryFrequency?[1] : [.. truth.Categories.Select(category => category.Frequency)];
        var table = new CurveTable(truth.Settings, frequencies);
        var starts = StartsOf(matched.Cells, truth.Curves);
        Parallel.For(
            0,
            truth.Curves,
            new ParallelOptions { MaxDegreeOfParallelism = truth.Settings.Threads },
            () => new CurveDrawer(matched, table),
            (curve, _, drawer) =>
            {
                drawer.Draw(curve, matched.Cells.AsSpan(starts[curve]..starts[curve + 1]));
                return drawer;
            },
            _ => { });
        return table;
    }

    private static int[] StartsOf(Cell[] cells, int curves)
    {
        var starts = new int[curves + 1];
        foreach (var cell in cells)
        {
            starts[cell.Curve + 1]++;
        }

        for (var curve = 0; curve < curves; curve++)
        {
            starts[curve + 1] += starts[curve];
        }

        return starts;
    }
}
