namespace DetectorDsl.Annotations.Tests.Masks;

/// <summary>Borders of masks.</summary>
public class BoundaryTests
{
    [Fact]
    public void TheBorderOfASquare_IsAFrame()
    {
        // 10 x 10 in the middle of an image; two erosions leave 6 x 6: the frame has 100 - 36 pixels.
        var frame = RleMask.FromBox(new Box(5, 5, 10, 10), 20, 20).Boundary(2);
        Assert.Equal(64, frame.Area);
        Assert.Equal(new Box(5, 5, 10, 10), frame.Bounds);
        Assert.Equal(0, RleMask.Intersection(frame, RleMask.FromBox(new Box(7, 7, 6, 6), 20, 20)));
    }

    [Fact]
    public void TheEdgeOfTheImage_CountsAsAnEdge()
    {
        Assert.Equal(36 - 16, RleMask.FromRuns(6, 6, [0, 36]).Boundary(1).Area);
    }

    [Fact]
    public void RandomMasks_LoseWhatErosionsWouldLeave()
    {
        var random = new Random(9);
        for (var round = 0; round < 300; round++)
        {
            var (height, width, distance) = (random.Next(1, 25), random.Next(1, 25), random.Next(1, 4));
            var pixels = Enumerable.Range(0, height * width).Select(_ => (byte)(random.Next(15) == 0 ? 0 : 1)).ToArray();
            var inner = pixels;
            for (var i = 0; i < distance; i++)
            {
                inner = Erode(inner, height, width);
            }

            Assert.Equal(
                pixels.Zip(inner, (whole, left) => (byte)(whole - left)),
                RleMask.FromBitmap(pixels, height, width).Boundary(distance).ToBitmap()
            );
        }
    }

    [Fact]
    public void AnEmptyMask_HasNone_AndADistanceIsNeeded()
    {
        Assert.Equal(0, RleMask.FromRuns(4, 4, [16]).Boundary(1).Area);
        Assert.Throws<ArgumentOutOfRangeException>(() => RleMask.FromRuns(4, 4, [16]).Boundary(0));
    }

    private static byte[] Erode(byte[] pixels, int height, int width)
    {
        var eroded = new byte[pixels.Length];
        for (var y = 1; y < height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                var all = true;
                for (var k = 0; k < 9; k++)
                {
                    all &= pixels[((y + (k / 3) - 1) * width) + x + (k % 3) - 1] != 0;
                }

                eroded[(y * width) + x] = (byte)(all ? 1 : 0);
            }
        }

        return eroded;
    }
}
