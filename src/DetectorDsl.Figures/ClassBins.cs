using System.Collections.Immutable;

namespace DetectorDsl.Figures;

/// <summary>The classes of a figure in its order, neighbours taken together where there are too many to be told apart.</summary>
internal sealed class ClassBins
{
    // Up to so many classes have a point each; more are taken together to about half as many points.
    private const int MostSingle = 120;
    private const int WantedPoints = 60;

    private readonly ImmutableArray<ImmutableArray<int>> bins;

    private ClassBins(ImmutableArray<ImmutableArray<int>> bins, int width) => (this.bins, Width) = (bins, width);

    /// <summary>Classes of a point; the last may have fewer.</summary>
    public int Width { get; }

    /// <summary>Number of classes.</summary>
    public int Classes => bins.Sum(bin => bin.Length);

    /// <summary>Orders the classes by descending instance count, equal ones by label.</summary>
    public static ClassBins Of(IReadOnlyList<int> instances)
    {
        int[] order = [.. Enumerable.Range(0, instances.Count).OrderByDescending(label => instances[label])];
        var width = instances.Count <= MostSingle ? 1 : (instances.Count + WantedPoints - 1) / WantedPoints;
        return new ClassBins([.. order.Chunk(width).Select(chunk => chunk.ToImmutableArray())], width);
    }

    /// <summary>Places (1 is the largest class) and mean values of the points that have any.</summary>
    /// <param name="value">Value of a class by its label; null where it has none.</param>
    public (double[] Places, double[] Values) Means(Func<int, double?> value) =>
        Points(bin => bin.Select(value).OfType<double>().ToList() is { Count: > 0 } known ? known.Average() : null);

    /// <summary>Places and values of the points, from the labels of each.</summary>
    /// <param name="value">Value of a point; null where it has none.</param>
    public (double[] Places, double[] Values) Points(Func<ImmutableArray<int>, double?> value)
    {
        var (places, values) = (new List<double>(), new List<double>());
        var first = 1;
        foreach (var bin in bins)
        {
            if (value(bin) is { } number && double.IsFinite(number))
            {
                places.Add(first + ((bin.Length - 1) / 2.0));
                values.Add(number);
            }

            first += bin.Length;
        }

        return ([.. places], [.. values]);
    }
}
