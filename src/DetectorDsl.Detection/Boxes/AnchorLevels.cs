using System.Numerics;

namespace DetectorDsl.Detection.Boxes;

/// <summary>Anchors of a pyramid as one array.</summary>
internal static class AnchorLevels
{
    /// <summary>The levels one after the other; the only one itself, shared, where there is no other.</summary>
    public static T[] Together<T>(IReadOnlyList<HostBoxes> levels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (levels.Count == 1)
        {
            return levels[0].In<T>();
        }

        var all = new T[levels.Sum(level => level.Count) * 4];
        var next = 0;
        foreach (var level in levels)
        {
            level.In<T>().CopyTo(all, next);
            next += level.Count * 4;
        }

        return all;
    }

    /// <summary>The same for each of N images; one array, shared, where all have the same levels.</summary>
    public static T[][] OfImages<T>(IReadOnlyList<HostBoxes> levels, int images)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. Enumerable.Repeat(Together<T>(levels), images)];

    /// <summary>Whether anchors are in double precision.</summary>
    public static bool AreDouble(IEnumerable<HostBoxes> levels) => levels.Any(level => level.AreDouble);
}
