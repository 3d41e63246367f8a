namespace DetectorDsl.Annotations.Tests.Support;

/// <summary>
/// The textbook's way of clipping (Sutherland and Hodgman 1974): one ring in, one ring out, parts joined by edges along the border that add no
/// area. An independent check of areas.
/// </summary>
internal static class SutherlandHodgman
{
    public static double[] Clip(double[] ring, PixelWindow window)
    {
        var points = ring.Chunk(2).Select(point => (X: point[0], Y: point[1])).ToList();
        points = Clip(points, point => point.X - window.X);
        points = Clip(points, point => window.X + window.Width - point.X);
        points = Clip(points, point => point.Y - window.Y);
        points = Clip(points, point => window.Y + window.Height - point.Y);
        return [.. points.SelectMany(point => new[] { point.X, point.Y })];
    }

    private static List<(double X, double Y)> Clip(List<(double X, double Y)> points, Func<(double X, double Y), double> depth)
    {
        var kept = new List<(double X, double Y)>();
        for (var i = 0; i < points.Count; i++)
        {
            var (start, end) = (points[i], points[(i + 1) % points.Count]);
            var (from, to) = (depth(start), depth(end));
            if (from >= 0)
            {
                kept.Add(start);
            }

            if (from * to < 0)
            {
                kept.Add((start.X + (from / (from - to) * (end.X - start.X)), start.Y + (from / (from - to) * (end.Y - start.Y))));
            }
        }

        return kept;
    }
}
