namespace DetectorDsl.Annotations.Tests.Support;

/// <summary>
/// The same rule for filling a polygon, worked out the long way: every fine step of the outline is walked, and every pair of
/// neighbouring steps is looked at. An independent check of the short way.
/// </summary>
internal static class WalkedPolygon
{
    public static byte[] Fill(double[] ring, int height, int width)
    {
        var (us, vs) = Walk(ring);
        var flips = new int[(height * width) + 1];
        for (var j = 1; j < us.Count; j++)
        {
            if (us[j] == us[j - 1])
            {
                continue;
            }

            var column = ((Math.Min(us[j], us[j - 1]) + 0.5) / 5) - 0.5;
            if (Math.Floor(column) == column && column >= 0 && column <= width - 1)
            {
                flips[((int)column * height) + (int)Math.Ceiling(Math.Clamp(((Math.Min(vs[j], vs[j - 1]) + 0.5) / 5) - 0.5, 0, height))]++;
            }
        }

        var pixels = new byte[height * width];
        var inside = 0;
        for (var place = 0; place < height * width; place++)
        {
            inside ^= flips[place] & 1;
            pixels[((place % height) * width) + (place / height)] = (byte)inside;
        }

        return pixels;
    }

    private static (List<int> U, List<int> V) Walk(double[] ring)
    {
        var (us, vs) = (new List<int>(), new List<int>());
        var points = Enumerable
            .Range(0, ring.Length / 2)
            .Select(i => (X: (int)((5 * ring[2 * i]) + 0.5), Y: (int)((5 * ring[(2 * i) + 1]) + 0.5)))
            .ToList();
        points.Add(points[0]);
        for (var i = 0; i + 1 < points.Count; i++)
        {
            var (start, end) = (points[i], points[i + 1]);
            var (dx, dy) = (Math.Abs(end.X - start.X), Math.Abs(end.Y - start.Y));
            var flip = dx >= dy ? start.X > end.X : start.Y > end.Y;
            if (flip)
            {
                (start, end) = (end, start);
            }

            for (var step = 0; step <= Math.Max(dx, dy); step++)
            {
                var t = flip ? Math.Max(dx, dy) - step : step;
                var slope = dx >= dy ? (double)(end.Y - start.Y) / dx : (double)(end.X - start.X) / dy;
                us.Add(dx >= dy ? start.X + t : (int)(start.X + (slope * t) + 0.5));
                vs.Add(dx >= dy ? (int)(start.Y + (slope * t) + 0.5) : start.Y + t);
            }
        }

        return (us, vs);
    }
}
