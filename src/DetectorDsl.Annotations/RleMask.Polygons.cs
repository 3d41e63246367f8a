using System.Collections.Immutable;

namespace DetectorDsl.Annotations;

/// <content>Masks from polygons and boxes.</content>
public sealed partial class RleMask
{
    /// <summary>Fills polygons; several are joined by union.</summary>
    /// <param name="rings">Each as x0, y0, x1, y1 ...; rings of fewer than three points cover nothing.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>The mask.</returns>
    public static RleMask FromPolygons(ImmutableArray<ImmutableArray<double>> rings, int height, int width)
    {
        var masks = rings.Where(ring => ring.Length >= 6).Select(ring => FromPolygon(ring.AsSpan(), height, width)).ToList();
        return masks.Count switch
        {
            0 => new RleMask(height, width, [(uint)(height * width)]),
            1 => masks[0],
            _ => Merge(masks, intersect: false),
        };
    }

    /// <summary>Fills one polygon.</summary>
    /// <param name="ring">x0, y0, x1, y1 ... in pixels.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>The mask.</returns>
    public static RleMask FromPolygon(ReadOnlySpan<double> ring, int height, int width)
    {
        // The outline is walked on a grid five times as fine; a column's border is where the walk crosses the column's centre.
        const double Scale = 5;
        var count = ring.Length / 2;
        var xs = new int[count + 1];
        var ys = new int[count + 1];
        for (var i = 0; i < count; i++)
        {
            xs[i] = Grid((Scale * ring[2 * i]) + 0.5);
            ys[i] = Grid((Scale * ring[(2 * i) + 1]) + 0.5);
        }

        (xs[count], ys[count]) = (xs[0], ys[0]);
        var borders = new List<uint>();
        int? lastU = null;
        var lastV = 0;
        for (var i = 0; i < count; i++)
        {
            Walk(xs[i], ys[i], xs[i + 1], ys[i + 1], (u, v) =>
            {
                if (lastU is { } previous && u != previous)
                {
                    Cross(previous, lastV, u, v);
                }

                (lastU, lastV) = (u, v);
            });
        }

        borders.Add((uint)(height * width));
        borders.Sort();
        return FromBorders(borders, height, width);

        void Cross(int previousU, int previousV, int u, int v)
        {
            var x = (((u < previousU ? u : u - 1) + 0.5) / Scale) - 0.5;
            if (Math.Floor(x) != x || x < 0 || x > width - 1)
            {
                return;
            }

            var y = Math.Ceiling(Math.Clamp(((Math.Min(v, previousV) + 0.5) / Scale) - 0.5, 0, height));
            borders.Add((uint)(((int)x * height) + (int)y));
        }
    }

    /// <summary>Fills a box.</summary>
    /// <param name="box">The box.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>The mask.</returns>
    public static RleMask FromBox(Box box, int height, int width)
    {
        var (left, top, right, bottom) = (box.X, box.Y, box.X + box.Width, box.Y + box.Height);
        return FromPolygon([left, top, left, bottom, right, bottom, right, top], height, width);
    }

    // Far outside any image the exact place no longer matters, and the walk stays bounded.
    private static int Grid(double value) => (int)Math.Clamp(value, -1e8, 1e8);

    private static void Walk(int startX, int startY, int endX, int endY, Action<int, int> visit)
    {
        var (spanX, spanY) = (Math.Abs(endX - startX), Math.Abs(endY - startY));
        var flip = (spanX >= spanY && startX > endX) || (spanX < spanY && startY > endY);
        if (flip)
        {
            (startX, endX, startY, endY) = (endX, startX, endY, startY);
        }

        if (spanX >= spanY)
        {
            var slope = spanX == 0 ? 0 : (double)(endY - startY) / spanX;
            for (var step = 0; step <= spanX; step++)
            {
                var t = flip ? spanX - step : step;
                visit(t + startX, (int)(startY + (slope * t) + 0.5));
            }
        }
        else
        {
            var slope = (double)(endX - startX) / spanY;
            for (var step = 0; step <= spanY; step++)
            {
                var t = flip ? spanY - step : step;
                visit((int)(startX + (slope * t) + 0.5), t + startY);
            }
        }
    }

    // Sorted border positions become runs; two borders in one place cancel.
    private static RleMask FromBorders(List<uint> borders, int height, int width)
    {
        var differences = new uint[borders.Count];
        var previous = 0u;
        for (var i = 0; i < borders.Count; i++)
        {
            differences[i] = borders[i] - previous;
            previous = borders[i];
        }

        var runs = new List<uint>(differences.Length) { differences[0] };
        for (var i = 1; i < differences.Length;)
        {
            if (differences[i] > 0)
            {
                runs.Add(differences[i++]);
            }
            else if (++i < differences.Length)
            {
                runs[^1] += differences[i++];
            }
        }

        return new RleMask(height, width, [.. runs]);
    }
}
