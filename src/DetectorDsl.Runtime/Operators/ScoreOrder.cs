namespace DetectorDsl.Runtime.Operators;

/// <summary>The order of scores, best first.</summary>
internal static class ScoreOrder
{
    /// <summary>Indices by falling score, equal scores by lower index.</summary>
    public static int[] Falling(ReadOnlySpan<float> scores)
    {
        var order = new int[scores.Length];
        var keys = new float[scores.Length];
        for (var i = 0; i < order.Length; i++)
        {
            (order[i], keys[i]) = (i, -scores[i]);
        }

        Array.Sort(keys, order);

        // Array.Sort is not stable: runs of equal keys are put back into rising index.
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                Array.Sort(order, start, end - start);
            }

            start = end;
        }

        return order;
    }
}
