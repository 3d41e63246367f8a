namespace DetectorDsl.Annotations;

/// <content>The border of a mask.</content>
public sealed partial class RleMask
{
    /// <summary>
    /// The pixels of the mask within a distance of its edge or of the image's: the mask without what is left after so many erosions by a square of
    /// 3 x 3. Cheng et al., "Boundary IoU".
    /// </summary>
    /// <param name="distance">Pixels, at least 1.</param>
    /// <returns>The border, of the mask's size.</returns>
    public RleMask Boundary(int distance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(distance, 1);
        var bounds = Bounds;
        var (left, top, width, height) = ((int)bounds.X, (int)bounds.Y, (int)bounds.Width, (int)bounds.Height);
        if (width == 0)
        {
            return this;
        }

        var whole = Crop(left, top, width, height);
        var inner = whole.AsSpan().ToArray();
        Span<byte> line = new byte[Math.Max(width, height)];

        // A square is eroded away along the columns, then along the rows; beyond the bounds there are only zeros.
        for (var x = 0; x < width; x++)
        {
            Erode(inner.AsSpan(x), width, line[..height], distance);
        }

        for (var y = 0; y < height; y++)
        {
            Erode(inner.AsSpan(y * width), 1, line[..width], distance);
        }

        for (var i = 0; i < whole.Length; i++)
        {
            whole[i] -= inner[i];
        }

        return FromRegion(whole, left, top, width, height, Height, Width);
    }

    /// <summary>Shortens every run of ones by the distance at either end.</summary>
    private static void Erode(Span<byte> pixels, int stride, Span<byte> line, int distance)
    {
        line.Clear();
        var start = 0;
        for (var i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && pixels[i * stride] != 0)
            {
                continue;
            }

            if (i - start > 2 * distance)
            {
                line[(start + distance)..(i - distance)].Fill(1);
            }

            start = i + 1;
        }

        for (var i = 0; i < line.Length; i++)
        {
            pixels[i * stride] = line[i];
        }
    }

    private byte[] Crop(int left, int top, int width, int height)
    {
        var pixels = new byte[width * height];
        var position = 0L;
        for (var i = 0; i < runs.Length; i++)
        {
            if (i % 2 == 1)
            {
                for (var p = position; p < position + runs[i]; p++)
                {
                    pixels[(int)((((p % Height) - top) * width) + (p / Height) - left)] = 1;
                }
            }

            position += runs[i];
        }

        return pixels;
    }
}
