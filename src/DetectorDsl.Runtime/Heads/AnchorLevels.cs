namespace DetectorDsl.Runtime.Heads;

/// <summary>Anchors of a pyramid as one array.</summary>
internal static class AnchorLevels
{
    /// <summary>The levels one after the other; the only one itself, shared, where there is no other.</summary>
    public static float[] Together(IReadOnlyList<float[]> levels)
    {
        if (levels.Count == 1)
        {
            return levels[0];
        }

        var all = new float[levels.Sum(level => level.Length)];
        var next = 0;
        foreach (var level in levels)
        {
            level.CopyTo(all, next);
            next += level.Length;
        }

        return all;
    }

    /// <summary>The same for each of N images; one array, shared, where all have the same levels.</summary>
    public static float[][] OfImages(IReadOnlyList<float[]> levels, int images) => [.. Enumerable.Repeat(Together(levels), images)];
}
