using System.Numerics;

namespace DetectorDsl.Torch.Operators;

/// <summary>The order of scores, best first.</summary>
internal static class ScoreOrder
{
    private const int Buckets = 1 << 16;

    /// <summary>Indices by descending score, equal scores by lower index.</summary>
    public static int[] Falling<T>(ReadOnlySpan<T> scores)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var order = new int[scores.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Sort(scores, order);
        return order;
    }

    /// <summary>The first of <see cref="Falling{T}(ReadOnlySpan{T})" />, without sorting the rest.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="most">How many are wanted.</param>
    /// <returns>As many indices, or all where there are fewer.</returns>
    public static int[] Falling<T>(ReadOnlySpan<T> scores, int most)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Where most take part, there is little to spare.
        if (scores.Length / 2 <= most)
        {
            var all = Falling(scores);
            return all.Length <= most ? all : all[..most];
        }

        var counts = new int[Buckets];
        foreach (var score in scores)
        {
            counts[Bucket(float.CreateTruncating(score))]++;
        }

        var (last, reached) = (0, counts[0]);
        while (reached < most)
        {
            reached += counts[++last];
        }

        var candidates = new int[reached];
        var taken = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (Bucket(float.CreateTruncating(scores[i])) <= last)
            {
                candidates[taken++] = i;
            }
        }

        Sort(scores, candidates);
        return candidates[..most];
    }

    // Ascending indices become those of descending scores.
    private static void Sort<T>(ReadOnlySpan<T> scores, int[] order)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var keys = new T[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            keys[i] = -scores[order[i]];
        }

        Array.Sort(keys, order);

        // Array.Sort is not stable: runs of equal keys are put back into rising index.
        for (var start = 0; start < keys.Length; )
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
    }

    // The upper half of a number whose order is that of descending scores: a float's bits, turned where it is negative; -0 equals 0, and what is not a number comes first.
    private static int Bucket(float score)
    {
        if (float.IsNaN(score))
        {
            return 0;
        }

        var bits = BitConverter.SingleToUInt32Bits(-score + 0f);
        return (int)(((bits & 0x80000000) != 0 ? ~bits : bits | 0x80000000) >> 16);
    }
}
