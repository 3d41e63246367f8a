using SkiaSharp;

namespace DetectorDsl.Data.Images;

/// <summary>Reads JPEG, PNG, WebP and the other formats of Skia: turned upright by their EXIF mark, in RGB, transparency over black.</summary>
public static class ImageDecoder
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The image.</returns>
    /// <exception cref="ImageException">It is missing, cut off, or of a format or colour space that Skia does not read.</exception>
    public static RgbImage Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new ImageException($"{path}: no such image file.");
        }

        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ImageException($"{path}: cannot be read ({exception.Message}).");
        }
    }

    /// <summary>Reads a stream from its current position.</summary>
    /// <param name="stream">The encoded image.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>The image.</returns>
    /// <exception cref="ImageException">The content is cut off or of a format or colour space that Skia does not read.</exception>
    public static RgbImage Read(Stream stream, string name = "image")
    {
        using var data = SKData.Create(stream);
        using var codec = data is null ? null : SKCodec.Create(data);
        if (codec is null)
        {
            throw new ImageException($"{name}: no image in a format that can be read (JPEG, PNG, WebP, GIF, BMP).");
        }

        using var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
        {
            throw new ImageException($"{name}: cannot be decoded ({result}): the file is cut off or damaged, or its colours are of a kind (such as some CMYK) that is not read. Convert it to RGB.");
        }

        using var upright = Turn(bitmap, codec.EncodedOrigin);
        return FromBitmap(upright);
    }

    /// <summary>Takes over a bitmap's pixels.</summary>
    /// <param name="bitmap">The bitmap, of any colour type; stays the caller's.</param>
    /// <returns>The image.</returns>
    public static RgbImage FromBitmap(SKBitmap bitmap)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        if (bitmap.ColorType != SKColorType.Rgba8888)
        {
            using var converted = new SKBitmap(new SKImageInfo(bitmap.Width, bitmap.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
            using (var canvas = new SKCanvas(converted))
            {
                canvas.Clear(SKColors.Black);
                canvas.DrawBitmap(bitmap, 0, 0);
            }

            return FromBitmap(converted);
        }

        var source = bitmap.GetPixelSpan();
        var pixels = new byte[bitmap.Width * bitmap.Height * 3];
        var target = 0;
        for (var y = 0; y < bitmap.Height; y++)
        {
            var row = source.Slice(y * bitmap.RowBytes, bitmap.Width * 4);
            for (var x = 0; x < row.Length; x += 4)
            {
                pixels[target] = row[x];
                pixels[target + 1] = row[x + 1];
                pixels[target + 2] = row[x + 2];
                target += 3;
            }
        }

        return new RgbImage(bitmap.Height, bitmap.Width, pixels);
    }

    // EXIF origins: the matrix takes the stored picture to the upright one.
    private static SKBitmap Turn(SKBitmap bitmap, SKEncodedOrigin origin)
    {
        if (origin == SKEncodedOrigin.TopLeft)
        {
            return bitmap.Copy();
        }

        var (w, h) = (bitmap.Width, bitmap.Height);
        var (swap, matrix) = origin switch
        {
            SKEncodedOrigin.TopRight => (false, new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1)),
            SKEncodedOrigin.BottomRight => (false, new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1)),
            SKEncodedOrigin.BottomLeft => (false, new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1)),
            SKEncodedOrigin.LeftTop => (true, new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1)),
            SKEncodedOrigin.RightTop => (true, new SKMatrix(0, -1, h, 1, 0, 0, 0, 0, 1)),
            SKEncodedOrigin.RightBottom => (true, new SKMatrix(0, -1, h, -1, 0, w, 0, 0, 1)),
            _ => (true, new SKMatrix(0, 1, 0, -1, 0, w, 0, 0, 1)),
        };
        var upright = new SKBitmap(new SKImageInfo(swap ? h : w, swap ? w : h, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(upright);
        canvas.Concat(in matrix);
        canvas.DrawBitmap(bitmap, 0, 0);
        return upright;
    }
}
