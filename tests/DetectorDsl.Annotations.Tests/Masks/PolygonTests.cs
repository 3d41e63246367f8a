using DetectorDsl.Annotations.Tests.Support;

namespace DetectorDsl.Annotations.Tests.Masks;

/// <summary>Filling polygons.</summary>
public class PolygonTests
{
    [Fact]
    public void ASquareOnPixelBorders_FillsItsPixels()
    {
        // 3 ... 5 x 2 ... 6: columns 3 and 4, rows 2 to 5. Down the columns of 8: 3*8+2 = 26 zeros, 4 ones, 4 zeros, 4 ones, the rest.
        var mask = RleMask.FromPolygon([3, 2, 5, 2, 5, 6, 3, 6], 8, 10);
        Assert.Equal([26u, 4u, 4u, 4u, 42u], mask.Runs.ToArray());
        Assert.Equal(new Box(3, 2, 2, 4), mask.Bounds);
    }

    [Fact]
    public void RandomPolygons_AreFilledAsByWalkingTheirOutline()
    {
        var random = new Random(20);
        for (var round = 0; round < 3000; round++)
        {
            var (height, width) = (1 + random.Next(40), 1 + random.Next(40));
            var reach = round % 3 == 0 ? 1.0 : 2.5;
            var ring = Enumerable
                .Range(0, 2 * (1 + random.Next(9)))
                .Select(i => (random.NextDouble() * reach - (reach - 1) / 2) * (i % 2 == 0 ? width : height))
                .Select(value => round % 2 == 0 ? value : Math.Round(value * 2) / 2)
                .ToArray();
            var expected = RleMask.FromBitmap(WalkedPolygon.Fill(ring, height, width), height, width);
            var mask = RleMask.FromPolygon(ring, height, width);
            Assert.True(
                expected.ToBitmap().AsSpan().SequenceEqual(mask.ToBitmap()),
                $"round {round}: [{string.Join(", ", ring)}] on {height} x {width}"
            );
        }
    }

    [Fact]
    public void AnOutlineFarBeyondTheImage_TakesNoTime_AndCoversIt()
    {
        var mask = RleMask.FromPolygon([-1e300, -1e300, 1e300, -1e300, 1e300, 1e300, -1e300, 1e300], 5, 7);
        Assert.Equal(35, mask.Area);
        Assert.Equal(0, RleMask.FromPolygon([1e9, 1e9, 2e9, 1e9, 2e9, 2e9], 5, 7).Area);
    }

    [Fact]
    public void FewerThanThreePoints_CoverNothing()
    {
        Assert.Equal(
            0,
            RleMask
                .FromPolygons(
                    [
                        [1, 1, 4, 4],
                    ],
                    6,
                    6
                )
                .Area
        );
        Assert.Equal(0, RleMask.FromPolygon([], 6, 6).Area);
        Assert.Equal([36u], RleMask.FromPolygons([], 6, 6).Runs.ToArray());
    }
}
