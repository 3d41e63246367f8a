namespace DetectorDsl.Annotations.Tests.Masks;

/// <summary>Parts and differences of masks, against the same work done pixel by pixel.</summary>
public class MaskWindowTests
{
    [Fact]
    public void ByHand()
    {
        // 4 rows, 3 columns:   . # #     The window of 3 x 3 from row 1, column 1 holds   # .  and beyond
        //                      # # .                                                      . #  the image
        //                      . . #                                                      # .  nothing.
        //                      # # .
        var mask = RleMask.FromBitmap([0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0], 4, 3);
        var part = mask.Crop(new PixelWindow(X: 1, Y: 1, Height: 3, Width: 3));
        Assert.Equal(RleMask.FromBitmap([1, 0, 0, 0, 1, 0, 1, 0, 0], 3, 3), part);
        Assert.Equal([0u, 1u, 1u, 1u, 1u, 1u, 4u], part.Runs.ToArray());
    }

    [Fact]
    public void RandomWindows_HoldWhatThePixelsSay()
    {
        var random = new Random(31);
        for (var round = 0; round < 2000; round++)
        {
            var (height, width) = (random.Next(1, 9), random.Next(1, 9));
            var pixels = Pixels(random, height, width);
            var window = new PixelWindow(random.Next(-4, 8), random.Next(-4, 8), random.Next(0, 10), random.Next(0, 10));
            var expected = new byte[window.Height * window.Width];
            for (var y = 0; y < window.Height; y++)
            {
                for (var x = 0; x < window.Width; x++)
                {
                    var (row, column) = (window.Y + y, window.X + x);
                    expected[(y * window.Width) + x] =
                        row >= 0 && row < height && column >= 0 && column < width ? pixels[(row * width) + column] : (byte)0;
                }
            }

            var mask = RleMask.FromBitmap(pixels, height, width);
            Assert.Equal(RleMask.FromBitmap(expected, window.Height, window.Width), mask.Crop(window));
            var drawn = new byte[expected.Length];
            Array.Fill(drawn, (byte)7);
            mask.DrawColumns(window, drawn);
            Assert.Equal(
                expected,
                Enumerable.Range(0, drawn.Length).Select(i => drawn[(i % window.Width * window.Height) + (i / window.Width)])
            );
        }
    }

    [Fact]
    public void Without_HoldsWhatThePixelsSay()
    {
        var random = new Random(32);
        for (var round = 0; round < 1000; round++)
        {
            var (height, width) = (random.Next(1, 9), random.Next(1, 9));
            var (first, second) = (Pixels(random, height, width), Pixels(random, height, width));
            byte[] expected = [.. first.Zip(second, (mine, others) => (byte)(mine & ~others))];
            Assert.Equal(
                RleMask.FromBitmap(expected, height, width),
                RleMask.FromBitmap(first, height, width).Without(RleMask.FromBitmap(second, height, width))
            );
        }

        Assert.Throws<AnnotationException>(() => RleMask.FromBitmap([1], 1, 1).Without(RleMask.FromBitmap([1, 0], 1, 2)));
    }

    [Fact]
    public void AMaskWithNothingInside_IsGone()
    {
        var mask = new RleSegmentation(RleMask.FromBitmap([1, 0, 0, 0], 2, 2));
        Assert.Null(mask.Crop(new PixelWindow(1, 0, 2, 1), 2, 2));
        Assert.Equal(new Box(0, 0, 1, 1), mask.Crop(new PixelWindow(0, 0, 1, 1), 2, 2)!.Bounds);
    }

    // Rows of ones and zeros as well as noise, so that runs pass from one column into the next.
    private static byte[] Pixels(Random random, int height, int width)
    {
        var share = random.Next(0, 5) / 4.0;
        return [.. Enumerable.Range(0, height * width).Select(_ => (byte)(random.NextDouble() < share ? 1 : 0))];
    }
}
