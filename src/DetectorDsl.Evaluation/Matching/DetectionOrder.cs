using DetectorDsl.Evaluation.Collections;

namespace DetectorDsl.Evaluation.Matching;

/// <summary>Picks the detections that take part and orders them by curve and image; within these by category and the order of arrival.</summary>
internal static class DetectionOrder
{
    public static int[] Of(TruthIndex truth, DetectionTable table)
    {
        var settings = truth.Settings;
        var rows = new int[table.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = i;
        }

        rows = Best(rows, table, table.Images, truth.Images.Length, settings.MaxDetectionsPerImage);
        rows = Best(rows, table, table.Categories, table.UnknownCategory + 1, settings.MaxDetectionsPerCategory);

        // Limits come before the rules' choice: what is left out later has already taken a place.
        var counted = rows.AsSpan(0, MoveCountedForward(rows, truth, table));
        return settings.ClassAgnostic
            ? StableGrouping.By(StableGrouping.By(counted, table.Categories, truth.Categories.Length), table.Images, truth.Images.Length)
            : StableGrouping.By(StableGrouping.By(counted, table.Images, truth.Images.Length), table.Categories, truth.Categories.Length);
    }

    private static int MoveCountedForward(int[] rows, TruthIndex truth, DetectionTable table)
    {
        var count = 0;
        foreach (var row in rows)
        {
            if (
                table.Category(row) != table.UnknownCategory
                && (truth.Settings.Rules.CountsEmpty || table.Area(row) > 0)
                && truth.Counts(table.Image(row), table.Category(row))
            )
            {
                rows[count++] = row;
            }
        }

        return count;
    }

    /// <summary>The best rows of each key, in their order before.</summary>
    private static int[] Best(int[] rows, DetectionTable table, ReadOnlySpan<int> keys, int count, int? limit)
    {
        if (limit is not { } most)
        {
            return rows;
        }

        var starts = StableGrouping.Starts(rows, keys, count);
        if (!IsAnyLarger(starts, most))
        {
            return rows;
        }

        var grouped = StableGrouping.By(rows, keys, count);
        var isKept = new bool[table.Count];
        var ranking = new Ranking();
        for (var key = 0; key < count; key++)
        {
            ranking.Clear();
            foreach (var row in grouped.AsSpan(starts[key]..starts[key + 1]))
            {
                ranking.Add(table.Score(row), row);
            }

            if (ranking.Items.Length > most)
            {
                ranking.Sort();
            }

            foreach (var (_, row) in ranking.Items[..Math.Min(most, ranking.Items.Length)])
            {
                isKept[row] = true;
            }
        }

        return Array.FindAll(rows, row => isKept[row]);
    }

    private static bool IsAnyLarger(int[] starts, int size)
    {
        for (var key = 0; key + 1 < starts.Length; key++)
        {
            if (starts[key + 1] - starts[key] > size)
            {
                return true;
            }
        }

        return false;
    }
}
