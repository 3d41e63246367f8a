namespace DetectorDsl.Annotations;

/// <content>Set operations by run arithmetic.</content>
public sealed partial class RleMask
{
    /// <summary>Union or intersection of masks of one size.</summary>
    /// <param name="masks">One or more masks.</param>
    /// <param name="intersect">True for the intersection.</param>
    /// <returns>The joined mask.</returns>
    public static RleMask Merge(IReadOnlyList<RleMask> masks, bool intersect)
    {
        ArgumentNullException.ThrowIfNull(masks);
        var joined = masks[0];
        for (var i = 1; i < masks.Count; i++)
        {
            joined = Merge(joined, masks[i], intersect);
        }

        return joined;
    }

    /// <summary>Pixels that are set in both masks.</summary>
    /// <param name="first">A mask.</param>
    /// <param name="second">A mask of the same size.</param>
    /// <returns>Number of pixels.</returns>
    /// <exception cref="AnnotationException">The sizes differ.</exception>
    public static long Intersection(RleMask first, RleMask second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        CheckSameSize(first, second);
        ReadOnlySpan<uint> a = first.runs,
            b = second.runs;
        long common = 0,
            endA = 0,
            endB = 0,
            position = 0;
        int i = 0,
            j = 0;
        if (a.Length > 0)
        {
            endA = a[0];
        }

        if (b.Length > 0)
        {
            endB = b[0];
        }

        while (i < a.Length && j < b.Length)
        {
            var end = Math.Min(endA, endB);
            if ((i & j & 1) == 1)
            {
                common += end - position;
            }

            position = end;
            if (endA == end && ++i < a.Length)
            {
                endA += a[i];
            }

            if (endB == end && ++j < b.Length)
            {
                endB += b[j];
            }
        }

        return common;
    }

    /// <summary>Intersection over union; with a crowd, intersection over the first mask's area.</summary>
    /// <param name="detection">The detection's mask.</param>
    /// <param name="truth">The object's mask.</param>
    /// <param name="isCrowd">Whether the object is a crowd.</param>
    /// <returns>0 to 1.</returns>
    public static double Overlap(RleMask detection, RleMask truth, bool isCrowd)
    {
        ArgumentNullException.ThrowIfNull(detection);
        ArgumentNullException.ThrowIfNull(truth);
        var common = Intersection(detection, truth);
        if (common == 0)
        {
            return 0;
        }

        var whole = isCrowd ? detection.Area : detection.Area + truth.Area - common;
        return (double)common / whole;
    }

    private static void CheckSameSize(RleMask first, RleMask second)
    {
        if (first.Height != second.Height || first.Width != second.Width)
        {
            throw new AnnotationException(
                $"Masks of {first.Height} x {first.Width} and {second.Height} x {second.Width} cannot be compared or joined."
            );
        }
    }

    private static RleMask Merge(RleMask first, RleMask second, bool intersect)
    {
        CheckSameSize(first, second);
        ReadOnlySpan<uint> a = first.runs,
            b = second.runs;
        var runs = new List<uint>(a.Length + b.Length);
        long endA = a[0],
            endB = b[0],
            position = 0,
            start = 0;
        int i = 0,
            j = 0;
        var current = false;
        while (i < a.Length || j < b.Length)
        {
            var end =
                i == a.Length ? endB
                : j == b.Length ? endA
                : Math.Min(endA, endB);
            var (inA, inB) = (i < a.Length && (i & 1) == 1, j < b.Length && (j & 1) == 1);
            var value = intersect ? inA && inB : inA || inB;
            if (value != current && end > position)
            {
                runs.Add((uint)(position - start));
                (start, current) = (position, value);
            }

            position = end;
            while (i < a.Length && endA == end)
            {
                endA += ++i < a.Length ? a[i] : 0;
            }

            while (j < b.Length && endB == end)
            {
                endB += ++j < b.Length ? b[j] : 0;
            }
        }

        runs.Add((uint)(position - start));
        return new RleMask(first.Height, first.Width, [.. runs]);
    }
}
