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

        if (settings.MaxDetectionsPerImage is { } perImage)
        {
            rows = Best(GroupStably(rows, table.Image, truth.Images.Length), table, table.Image, perImage);
        }

        if (settings.MaxDetectionsPerCategory is { } perCategory)
        {
            rows = Best(GroupStably(rows, table.Category, table.UnknownCategory + 1), table, table.Category, perCategory);
        }

        // Limits come before the rules' choice: what is left out later has already taken a place.
        rows = Array.FindAll(rows, row => table.Category(row) != table.UnknownCategory
            && (settings.Rules.CountsEmpty || table.Area(row) > 0)
            && truth.Counts(table.Image(row), table.Category(row)));
        rows = GroupStably(rows, table.Category, truth.Categories.Length);
        rows = GroupStably(rows, table.Image, truth.Images.Length);
        return truth.Settings.ClassAgnostic ? rows : GroupStably(rows, table.Category, truth.Categories.Length);
    }

    /// <summary>Counting sort.</summary>
    private static int[] GroupStably(int[] rows, Func<int, int> keyOf, int keys)
    {
        var starts = new int[keys + 1];
        foreach (var row in rows)
        {
            starts[keyOf(row) + 1]++;
        }

        for (var key = 0; key < keys; key++)
        {
            starts[key + 1] += starts[key];
        }

        var sorted = new int[rows.Length];
        foreach (var row in rows)
        {
            sorted[starts[keyOf(row)]++] = row;
        }

        return sorted;
    }

    /// <summary>The best of each group, in their order before.</summary>
    private static int[] Best(int[] grouped, DetectionTable table, Func<int, int> keyOf, int limit)
    {
        var kept = new List<int>(grouped.Length);
        var ranking = new List<ScoredPlace>();
        for (var start = 0; start < grouped.Length;)
        {
            var end = start + 1;
            while (end < grouped.Length && keyOf(grouped[end]) == keyOf(grouped[start]))
            {
                end++;
            }

            if (end - start <= limit)
            {
                kept.AddRange(grouped.AsSpan(start, end - start));
            }
            else
            {
                ranking.Clear();
                for (var i = start; i < end; i++)
                {
                    ranking.Add(new ScoredPlace(table.Score(grouped[i]), grouped[i]));
                }

                ranking.Sort();
                var first = kept.Count;
                for (var i = 0; i < limit; i++)
                {
                    kept.Add(ranking[i].Place);
                }

                kept.Sort(first, limit, null);
            }

            start = end;
        }

        // Back into the order of arrival, on which the next steps' ties depend.
        kept.Sort();
        return [.. kept];
    }
}
