using System.Numerics;

namespace DetectorDsl.Detection.PrimeSamples;

/// <summary>Hierarchical local ranks (PISA, Cao et al. 2020, section 3.2): the best of every group come first, then the second of every group.</summary>
internal static class HierarchicalRanks
{
    /// <summary>Items from the most to the least important: by rank within their group, then by value; equal ones by index.</summary>
    /// <param name="values">A value of each item; larger is more important. One that is no number is the least.</param>
    /// <param name="groups">The group of each item.</param>
    public static int[] Order<T>(T[] values, long[] groups)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] keys = [.. values.Select(value => T.IsNaN(value) ? T.NegativeInfinity : value)];
        var local = new int[keys.Length];
        foreach (var group in Enumerable.Range(0, keys.Length).GroupBy(item => groups[item]))
        {
            foreach (var (rank, item) in group.OrderByDescending(item => keys[item]).Index())
            {
                local[item] = rank;
            }
        }

        return [.. Enumerable.Range(0, keys.Length).OrderBy(item => local[item]).ThenByDescending(item => keys[item])];
    }
}
