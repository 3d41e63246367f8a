using SkiaSharp;

namespace DetectorDsl.Data.Images;

/// <summary>Reads JPEG, PNG, WebP and the other formats of Skia: turned upright by their EXIF mark, in RGB, transparency over black.</summary>
public static class ImageDecoder
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The image.</returns>
    /// <exception cref="ImageException">It is missing, cut off, or of a format or colour space that Skia does not read.</exception>
    public static RgbImage Read(string path) => WithStream(path, stream => Read(stream, path));

    /// <summary>Reads a stream from its current position.</summary>
    /// <param name="stream">The encoded image.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>The image.</returns>
    /// <exception cref="ImageException">The content is cut off or of a format or colour space that Skia does not read.</exception>
    public static RgbImage Read(Stream stream, string name = "image")
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var data = SKData.Create(stream);
        using var codec = data is null ? null : SKCodec.Create(data);
        CheckHeader(codec, name);
        using var bitmap = new SKBitmap(new SKImageInfo(codec!.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
        {
            throw new ImageException($"{name}: cannot be decoded ({result}): the file is cut off or damaged, or its colours are of a kind (such as some CMYK) that is not read. Copy it again, or convert it to RGB.");
        }

        if (codec.EncodedOrigin == SKEncodedOrigin.TopLeft)
        {
            return FromBitmap(bitmap);
        }

        using var upright = ImageOrigin.Turn(bitmap, codec.EncodedOrigin);
        return FromBitmap(upright);
    }

    /// <summary>Reads the size alone, upright, and looks whether the file ends where its format ends; cheaper than reading the pixels.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Height and width in pixels.</returns>
    /// <exception cref="ImageException">It is missing, cut off, or of a format that Skia does not read.</exception>
    public static (int Height, int Width) ReadSize(string path) => WithStream(path, stream =>
    {
        (int Height, int Width) size;
        using (var codec = SKCodec.Create(new SKManagedStream(stream)))
        {
            CheckHeader(codec, path);
            size = ImageOrigin.Swaps(codec!.EncodedOrigin) ? (codec.Info.Width, codec.Info.Height) : (codec.Info.Height, codec.Info.Width);
        }

        if (!ImageEnding.IsWhole(stream))
        {
            // Some writers leave out the end mark or put something behind it; only decoding tells whether pixels are missing.
            stream.Position = 0;
            Read(stream, path);
        }

        return size;
    });

    /// <summary>Takes over a bitmap's pixels.</summary>
    /// <param name="bitmap">The bitmap, of any colour type; stays the caller's.</param>
    /// <returns>The image.</returns>
    public static RgbImage FromBitmap(SKBitmap bitmap)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        if (bitmap.ColorType != SKColorType.Rgba8888 || bitmap.AlphaType == SKAlphaType.Unpremul)
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

    private static T WithStream<T>(string path, Func<FileStream, T> use)
    {
        if (!File.Exists(path))
        {
            throw new ImageException($"{path}: no such image file.");
        }

        try
        {
            using var stream = File.OpenRead(path);
            return use(stream);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ImageException($"{path}: cannot be read ({exception.Message}).");
        }
    }

    private static void CheckHeader(SKCodec? codec, string name)
    {
        if (codec is null)
        {
            throw new ImageException($"{name}: no image in a format that can be read (JPEG, PNG, WebP, GIF, BMP).");
        }

        if ((long)codec.Info.Width * codec.Info.Height * 4 > int.MaxValue)
        {
            throw new ImageException($"{name}: {codec.Info.Width} x {codec.Info.Height} pixels are too many: at most {int.MaxValue / 4} can be read. Cut it into parts or scale it down.");
        }
    }
}
