using System.Collections.Immutable;

namespace DetectorDsl.Annotations;

/// <content>Masks from polygons and boxes.</content>
public sealed partial class RleMask
{
    private const int Grain = 5;

    /// <summary>Fills polygons; several are joined by union.</summary>
    /// <param name="rings">Each as x0, y0, x1, y1 ...; rings of fewer than three points cover nothing.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="AnnotationException">The outlines cross the image more often than <see cref="InputBudget.PolygonSteps" /> allows.</exception>
    public static RleMask FromPolygons(ImmutableArray<ImmutableArray<double>> rings, int height, int width)
    {
        if (PolygonWork.WhyTooMuch(rings, width) is { } why)
        {
            throw new AnnotationException($"A mask cannot be drawn: {why}.");
        }

        var masks = new List<RleMask>(rings.Length);
        foreach (var ring in rings.AsSpan())
        {
            if (ring.Length >= 6)
            {
                masks.Add(FromPolygon(ring.AsSpan(), height, width));
            }
        }

        // Two by two: one after the other, a thousand small rings would be gone through a thousand times.
        for (; masks.Count > 1; masks.RemoveRange((masks.Count + 1) / 2, masks.Count / 2))
        {
            for (var i = 0; 2 * i < masks.Count; i++)
            {
                masks[i] = (2 * i) + 1 < masks.Count ? Merge(masks[2 * i], masks[(2 * i) + 1], intersect: false) : masks[2 * i];
            }
        }

        return masks.Count > 0 ? masks[0] : new RleMask(height, width, [(uint)(height * width)]);
    }

    /// <summary>Fills one polygon.</summary>
    /// <param name="ring">x0, y0, x1, y1 ... in pixels.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>The mask.</returns>
    public static RleMask FromPolygon(ReadOnlySpan<double> ring, int height, int width)
    {
        // The outline is drawn on a grid five times as fine, rounded as a walk along it would round. Column k begins or ends where the outline
        // steps between the fine columns 5k + 2 and 5k + 3, on either side of its centre; only these steps are visited.
        var count = ring.Length / 2;
        if (count == 0)
        {
            return FromRuns(height, width, [(uint)(height * width)]);
        }

        var borders = new GrowingBuffer<uint>();
        var (lastX, lastY) = (Fine(ring[2 * (count - 1)]), Fine(ring[(2 * (count - 1)) + 1]));
        for (var i = 0; i < count; i++)
        {
            var (x, y) = (Fine(ring[2 * i]), Fine(ring[(2 * i) + 1]));
            AddBorders(lastX, lastY, x, y, height, width, borders);
            (lastX, lastY) = (x, y);
        }

        borders.Add((uint)(height * width));
        borders.Room.Sort();
        return FromBorders(borders.Room, height, width);
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

    // Far outside any image the exact place no longer matters, and the numbers stay whole.
    private static int Fine(double value) => (int)Math.Clamp((Grain * value) + 0.5, -1e8, 1e8);

    private static void AddBorders(int startX, int startY, int endX, int endY, int height, int width, GrowingBuffer<uint> borders)
    {
        var (spanX, spanY) = (Math.Abs(endX - startX), Math.Abs(endY - startY));
        var isFlat = spanX >= spanY;
        if (isFlat ? startX > endX : startY > endY)
        {
            (startX, endX, startY, endY) = (endX, startX, endY, startY);
        }

        var (left, right) = (Math.Min(startX, endX), Math.Max(startX, endX));
        var first = Math.Max(0, (int)Math.Ceiling((left - 2) / (double)Grain));
        var last = (int)Math.Min(width - 1, Math.Floor((right - 3) / (double)Grain));
        for (var column = first; column <= last; column++)
        {
            var before = (Grain * column) + 2;
            var fineRow = isFlat
                ? FlatStep(before, startX, startY, (double)(endY - startY) / spanX)
                : SteepStep(before, startX, startY, (double)(endX - startX) / spanY);
            var row = Math.Ceiling(Math.Clamp(((fineRow + 0.5) / Grain) - 0.5, 0, height));
            borders.Add((uint)((column * height) + (int)row));
        }
    }

    /// <summary>The upper of the rows at which a flat edge passes a fine column and the next.</summary>
    private static int FlatStep(int before, int startX, int startY, double slope)
    {
        var t = before - startX;
        return Math.Min((int)(startY + (slope * t) + 0.5), (int)(startY + (slope * (t + 1)) + 0.5));
    }

    /// <summary>The last row of a steep edge before it changes between a fine column and the next.</summary>
    private static int SteepStep(int before, int startX, int startY, double slope)
    {
        var t = (int)((before + 0.5 - startX) / slope);
        if (slope > 0)
        {
            while (Column(t) <= before)
            {
                t++;
            }
            while (Column(t - 1) > before)
            {
                t--;
            }
        }
        else
        {
            while (Column(t) > before)
            {
                t++;
            }
            while (Column(t - 1) <= before)
            {
                t--;
            }
        }

        return t - 1 + startY;

        int Column(int step) => (int)(startX + (slope * step) + 0.5);
    }

    // Sorted border positions become runs, in their place; two borders in one place cancel.
    private static RleMask FromBorders(Span<uint> borders, int height, int width)
    {
        var previous = 0u;
        foreach (ref var border in borders)
        {
            (border, previous) = (border - previous, border);
        }

        var count = 1;
        for (var i = 1; i < borders.Length; )
        {
            if (borders[i] > 0)
            {
                borders[count++] = borders[i++];
            }
            else if (++i < borders.Length)
            {
                borders[count - 1] += borders[i++];
            }
        }

        return new RleMask(height, width, borders[..count].ToArray());
    }
}
