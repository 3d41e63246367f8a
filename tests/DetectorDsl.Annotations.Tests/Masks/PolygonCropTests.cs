using System.Collections.Immutable;
using DetectorDsl.Annotations.Tests.Support;

namespace DetectorDsl.Annotations.Tests.Masks;

/// <summary>Outlines cut by windows: still outlines, exact.</summary>
public class PolygonCropTests
{
    private static readonly PixelWindow Window = new(X: 10, Y: 10, Height: 20, Width: 20);

    [Fact]
    public void ATriangle_IsCutWhereItsEdgesMeetTheBorder()
    {
        // (0, 12), (20, 12), (0, 22) from column 10 on: the slanted edge y = 22 - x / 2 meets x = 10 at y = 17. A triangle of 10 x 5 / 2.
        var cut = Cut([0, 12, 20, 12, 0, 22]);
        var ring = Assert.Single(cut.Rings);
        Assert.Equal([(0, 2), (0, 7), (10, 2)], Points(ring).Order());
        Assert.Equal(new Box(0, 2, 10, 5), cut.Bounds);
        Assert.Equal(25, Area(cut), 12);
    }

    [Fact]
    public void WhatFallsApart_BecomesSeveralRings_WithoutEdgesBetweenThem()
    {
        // A U that is open to the right, its back outside at the left: two bars of 15 x 2 from column 10 on.
        var cut = Cut([5, 12, 25, 12, 25, 14, 7, 14, 7, 20, 25, 20, 25, 22, 5, 22]);
        Assert.Equal(
            [new Box(0, 2, 15, 2), new Box(0, 10, 15, 2)],
            cut.Rings.Select(ring => new PolygonSegmentation([ring]).Bounds).OrderBy(box => box.Y)
        );
        Assert.Equal(60, Area(cut), 12);

        // Around the window from above past the left side to below: joined along the border, the bounds would begin at column 0.
        cut = Cut([20, 15, 20, 0, 0, 0, 0, 40, 20, 40, 20, 25, 22, 25, 22, 42, -2, 42, -2, -2, 22, -2, 22, 15]);
        Assert.Equal(
            [new Box(10, 0, 2, 5), new Box(10, 15, 2, 5)],
            cut.Rings.Select(ring => new PolygonSegmentation([ring]).Bounds).OrderBy(box => box.Y)
        );
        Assert.Equal(new Box(10, 0, 2, 20), cut.Bounds);
    }

    [Fact]
    public void BordersTouchedFromInsideOrOutside()
    {
        // The window's own rectangle stays itself; a corner that touches from outside leaves nothing; an apex on the border takes nothing away.
        Assert.Equal(400, Area(Cut([10, 10, 30, 10, 30, 30, 10, 30])), 12);
        Assert.Null(Crop([0, 0, 10, 15, 0, 20]));
        Assert.Null(Crop([0, 0, 10, 0, 10, 40, 0, 40]));
        var apex = Cut([20, 20, 10, 15, 20, 10]);
        Assert.Equal(50, Area(apex), 12);
        Assert.Equal(new Box(0, 0, 10, 10), apex.Bounds);

        // Two peaks of 10 x 10 / 2 whose valley touches the border; the second lacks 2 x 4 / 2 at the right.
        Assert.Equal(96, Area(Cut([0, 30, 12, 30, 17, 20, 22, 30, 27, 20, 32, 30, 40, 30, 40, 50, 0, 50])), 12);
    }

    [Fact]
    public void AllOfIt_IsOnlyMoved_AndNothingOfIt_IsGone()
    {
        Assert.Equal(
            new PolygonSegmentation([
                [1.25, 2, 5, 2, 5, 7.5],
            ]),
            Cut([11.25, 12, 15, 12, 15, 17.5])
        );
        Assert.Null(Crop([31, 31, 35, 31, 35, 35]));
        Assert.Null(Crop([12, 12, 13, 13]));
        Assert.Null(new PolygonSegmentation([]).Crop(Window, 40, 40));
    }

    [Fact]
    public void WhatReachesBeyondTheImage_EndsWithIt()
    {
        // The window begins 5 pixels above and left of an image of 8 x 8; the outline covers all of it and more.
        var cut = (PolygonSegmentation)
            new PolygonSegmentation([
                [-9, -9, 20, -9, 20, 20, -9, 20],
            ]).Crop(new PixelWindow(-5, -5, 30, 30), 8, 8)!;
        Assert.Equal(new Box(5, 5, 8, 8), cut.Bounds);
        Assert.Equal(64, Area(cut), 12);
    }

    /// <summary>Axis-parallel walks cross and cover themselves in every way, and all crossings with the window fall on whole numbers.</summary>
    [Fact]
    public void OfRingsOnTheGrid_CuttingAndFillingMayBeExchanged()
    {
        var random = new Random(33);
        var (parts, masks) = (0, 0);
        for (var round = 0; round < 4000; round++)
        {
            var ring = (round % 3) switch
            {
                0 => Walk(random, 2 + random.Next(5)),
                1 => Diagonals(random, 3 + random.Next(4)),
                _ => Comb(random),
            };
            var polygon = new PolygonSegmentation([
                [.. ring],
            ]);
            var window = new PixelWindow(random.Next(0, 12), random.Next(0, 12), random.Next(1, 12), random.Next(1, 12));
            var cut = polygon.Crop(window, 24, 24);
            var expected = polygon.ToMask(24, 24).Crop(window);
            Assert.True(
                expected.Equals(cut?.ToMask(window.Height, window.Width) ?? RleMask.FromPolygons([], window.Height, window.Width)),
                $"round {round}: [{string.Join(", ", ring)}] in {window}: {cut}"
            );
            parts += cut is PolygonSegmentation { Rings.Length: > 1 } ? 1 : 0;
            masks += cut is RleSegmentation ? 1 : 0;
        }

        Assert.InRange(parts, 100, 3000);
        Assert.InRange(masks, 100, 3000);
    }

    [Fact]
    public void OfOtherRings_OnlyPixelsOnTheOutlineDiffer()
    {
        // The filling rule rounds ends of edges to fifths of a pixel, so a cut edge may run up to a fifth beside the whole one.
        var random = new Random(34);
        for (var round = 0; round < 2000; round++)
        {
            var ring = Star(random, 3 + random.Next(12));
            var polygon = new PolygonSegmentation([
                [.. ring],
            ]);
            var window = new PixelWindow(random.Next(0, 12), random.Next(0, 12), random.Next(1, 12), random.Next(1, 12));
            var cut = polygon.Crop(window, 24, 24)?.ToMask(window.Height, window.Width).ToBitmap()
                ?? new byte[window.Height * window.Width];
            var expected = polygon.ToMask(24, 24).Crop(window).ToBitmap();
            for (var i = 0; i < cut.Length; i++)
            {
                var (x, y) = (window.X + (i % window.Width) + 0.5, window.Y + (i / window.Width) + 0.5);
                Assert.True(
                    cut[i] == expected[i] || Distance(ring, x, y) < 0.35,
                    $"round {round}: ({x}, {y}) of [{string.Join(", ", ring)}] in {window}"
                );
            }
        }
    }

    [Fact]
    public void Areas_AreThoseOfTheOldWayOfClipping()
    {
        var random = new Random(35);
        for (var round = 0; round < 3000; round++)
        {
            var ring = Star(random, 3 + random.Next(12));
            var window = new PixelWindow(random.Next(-3, 15), random.Next(-3, 15), random.Next(1, 15), random.Next(1, 15));
            var cut = (PolygonSegmentation?)
                new PolygonSegmentation([
                    [.. ring],
                ]).Crop(window, 24, 24);
            Assert.Equal(Math.Abs(Shoelace(SutherlandHodgman.Clip(ring, window.Within(24, 24)))), cut is null ? 0 : Area(cut), 1e-8);
        }
    }

    private static Segmentation? Crop(params double[] ring) =>
        new PolygonSegmentation([
            [.. ring],
        ]).Crop(Window, 40, 40);

    private static PolygonSegmentation Cut(params double[] ring) => Assert.IsType<PolygonSegmentation>(Crop(ring));

    private static IEnumerable<(double X, double Y)> Points(ImmutableArray<double> ring) =>
        ring.Chunk(2).Select(point => (point[0], point[1]));

    private static double Area(PolygonSegmentation polygon) => polygon.Rings.Sum(ring => Math.Abs(Shoelace([.. ring])));

    private static double Shoelace(double[] ring) =>
        Enumerable
            .Range(0, ring.Length / 2)
            .Sum(i => (ring[2 * i] * ring[((2 * i) + 3) % ring.Length]) - (ring[((2 * i) + 2) % ring.Length] * ring[(2 * i) + 1])) / 2;

    private static double[] Walk(Random random, int turns)
    {
        var points = Enumerable.Range(0, turns).Select(_ => (X: random.Next(0, 24), Y: random.Next(0, 24))).ToArray();
        return [.. points.SelectMany((point, i) => new double[] { point.X, point.Y, points[(i + 1) % turns].X, point.Y })];
    }

    // Each side of the path is a diagonal and then a straight piece.
    private static double[] Diagonals(Random random, int turns)
    {
        var points = Enumerable.Range(0, turns).Select(_ => (X: random.Next(0, 24), Y: random.Next(0, 24))).ToArray();
        return
        [
            .. points.SelectMany(
                (point, i) =>
                {
                    var next = points[(i + 1) % turns];
                    var length = Math.Min(Math.Abs(next.X - point.X), Math.Abs(next.Y - point.Y));
                    return new double[]
                    {
                        point.X,
                        point.Y,
                        point.X + (length * Math.Sign(next.X - point.X)),
                        point.Y + (length * Math.Sign(next.Y - point.Y)),
                    };
                }
            ),
        ];
    }

    // Teeth of random length that hang from the upper side; it crosses itself nowhere.
    private static double[] Comb(Random random) =>
        [.. Enumerable.Range(1, 20).SelectMany(x => random.Next(1, 24) is var y ? new double[] { x, y, x + 1, y } : []), 21, 0, 1, 0];

    private static double[] Star(Random random, int points)
    {
        var directions = Enumerable
            .Range(0, points)
            .Select(i => (Angle: (i + random.NextDouble()) * 2 * Math.PI / points, Length: 17 * random.NextDouble()));
        return [.. directions.SelectMany(to => new[] { 12 + (Math.Cos(to.Angle) * to.Length), 12 + (Math.Sin(to.Angle) * to.Length) })];
    }

    private static double Distance(double[] ring, double x, double y) =>
        Enumerable
            .Range(0, ring.Length / 2)
            .Min(i =>
            {
                var (ax, ay, bx, by) = (
                    ring[2 * i],
                    ring[(2 * i) + 1],
                    ring[((2 * i) + 2) % ring.Length],
                    ring[((2 * i) + 3) % ring.Length]
                );
                var (dx, dy) = (bx - ax, by - ay);
                var t = dx == 0 && dy == 0 ? 0 : Math.Clamp((((x - ax) * dx) + ((y - ay) * dy)) / ((dx * dx) + (dy * dy)), 0, 1);
                return Math.Sqrt(Math.Pow(ax + (t * dx) - x, 2) + Math.Pow(ay + (t * dy) - y, 2));
            });
}
