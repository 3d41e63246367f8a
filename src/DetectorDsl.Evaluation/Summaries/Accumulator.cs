using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Collections;
using DetectorDsl.Evaluation.Matching;

namespace DetectorDsl.Evaluation.Summaries;

/// <summary>Draws all curves in parallel.</summary>
internal static class Accumulator
{
    private const int CurvesAtOnce = 8;

    public static CurveTable Accumulate(MatchedDetections matched)
    {
        var truth = matched.Truth;
        var frequencies = new CategoryFrequency?[truth.Curves];
        for (var category = 0; category < frequencies.Length && !truth.Settings.ClassAgnostic; category++)
        {
            frequencies[category] = truth.Categories[category].Frequency;
        }

        var table = new CurveTable(truth.Settings, frequencies);
        var starts = StartsOf(matched.Cells, truth.Curves);
        RangeWorkers.Run(truth.Curves, CurvesAtOnce, truth.Settings.Threads, () =>
        {
            var drawer = new CurveDrawer(matched, table);
            return (start, end) =>
            {
                for (var curve = start; curve < end; curve++)
                {
                    drawer.Draw(curve, matched.Cells.AsSpan(starts[curve], starts[curve + 1] - starts[curve]));
                }
            };
        });
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
