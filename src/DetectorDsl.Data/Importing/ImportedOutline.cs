using System.Collections.Immutable;
using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Importing;

/// <summary>An outline of another format.</summary>
internal static class ImportedOutline
{
    /// <summary>The outline and its box.</summary>
    /// <param name="ring">x and y of each corner in pixels, three corners at least.</param>
    public static (PolygonSegmentation Outline, Box Box) Of(ImmutableArray<double> ring)
    {
        var (xs, ys) = (ring.Where((_, place) => place % 2 == 0).ToList(), ring.Where((_, place) => place % 2 == 1).ToList());
        return (new PolygonSegmentation([ring]), new Box(xs.Min(), ys.Min(), xs.Max() - xs.Min(), ys.Max() - ys.Min()));
    }
}
