using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Images;

/// <summary>An image in memory: Height x Width x 3 bytes, red, green, blue, row by row.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Pixels">The bytes.</param>
public sealed record RgbImage(int Height, int Width, byte[] Pixels)
{
    /// <summary>The image in another size, by bilinear interpolation with pixel centres at half (torch's <c>align_corners=False</c>, without
    /// antialiasing), rounded to whole bytes.</summary>
    /// <param name="height">New height.</param>
    /// <param name="width">New width.</param>
    /// <returns>A new image, or this one where the size is the same.</returns>
    public RgbImage Resize(int height, int width)
    {
        if (height == Height && width == Width)
        {
            return this;
        }

        var columns = Taps(width, Width);
        var rows = Taps(height, Height);
        var target = new byte[height * width * 3];
        for (var y = 0; y < height; y++)
        {
            var (top, bottom, weightY) = rows[y];
            var upper = Pixels.AsSpan(top * Width * 3, Width * 3);
            var lower = Pixels.AsSpan(bottom * Width * 3, Width * 3);
            var line = target.AsSpan(y * width * 3, width * 3);
            for (var x = 0; x < width; x++)
            {
                var (left, right, weightX) = columns[x];
                for (var c = 0; c < 3; c++)
                {
                    var above = upper[(left * 3) + c] + (weightX * (upper[(right * 3) + c] - upper[(left * 3) + c]));
                    var below = lower[(left * 3) + c] + (weightX * (lower[(right * 3) + c] - lower[(left * 3) + c]));
                    line[(x * 3) + c] = (byte)(above + (weightY * (below - above)) + 0.5f);
                }
            }
        }

        return new RgbImage(height, width, target);
    }

    /// <summary>The part of the image in a window.</summary>
    /// <param name="window">The window; may reach beyond the image.</param>
    /// <param name="fill">Grey value of what lies beyond.</param>
    /// <returns>A new image of the window's size.</returns>
    public RgbImage Crop(PixelWindow window, byte fill = 0)
    {
        var target = new byte[window.Height * window.Width * 3];
        var seen = window.Within(Height, Width);
        if (seen.Height < window.Height || seen.Width < window.Width)
        {
            Array.Fill(target, fill);
        }

        for (var y = 0; y < seen.Height; y++)
        {
            Pixels
                .AsSpan((((seen.Y + y) * Width) + seen.X) * 3, seen.Width * 3)
                .CopyTo(target.AsSpan((((seen.Y - window.Y + y) * window.Width) + seen.X - window.X) * 3));
        }

        return new RgbImage(window.Height, window.Width, target);
    }

    /// <summary>The image mirrored left and right.</summary>
    /// <returns>A new image.</returns>
    public RgbImage FlipHorizontally()
    {
        var target = new byte[Pixels.Length];
        for (var y = 0; y < Height; y++)
        {
            var row = y * Width * 3;
            for (var x = 0; x < Width; x++)
            {
                Pixels.AsSpan(row + (x * 3), 3).CopyTo(target.AsSpan(row + ((Width - 1 - x) * 3), 3));
            }
        }

        return new RgbImage(Height, Width, target);
    }

    private static (int First, int Second, float Weight)[] Taps(int target, int source)
    {
        var scale = (float)source / target;
        var taps = new (int, int, float)[target];
        for (var i = 0; i < target; i++)
        {
            var position = Math.Max(0, ((i + 0.5f) * scale) - 0.5f);
            var first = Math.Min((int)position, source - 1);
            taps[i] = (first, Math.Min(first + 1, source - 1), position - first);
        }

        return taps;
    }
}
