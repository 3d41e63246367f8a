namespace DetectorDsl.Evaluation.Collections;

/// <summary>Counting sort.</summary>
internal static class StableGrouping
{
    /// <summary>Rows by rising key; those of one key stay in their order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="keys">Key of every row, by the row's number.</param>
    /// <param name="count">Number of keys, from 0 on.</param>
    public static int[] By(ReadOnlySpan<int> rows, ReadOnlySpan<int> keys, int count)
    {
        var starts = Starts(rows, keys, count);
        var grouped = new int[rows.Length];
        foreach (var row in rows)
        {
            grouped[starts[keys[row]]++] = row;
        }

        return grouped;
    }

    /// <summary>Where the rows of each key would begin, and behind them their number.</summary>
    public static int[] Starts(ReadOnlySpan<int> rows, ReadOnlySpan<int> keys, int count)
    {
        var starts = new int[count + 1];
        foreach (var row in rows)
        {
            starts[keys[row] + 1]++;
        }

        for (var key = 0; key < count; key++)
        {
            starts[key + 1] += starts[key];
        }

        return starts;
    }
}
