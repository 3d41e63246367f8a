using DetectorDsl.Annotations;
using SkiaSharp;

namespace DetectorDsl.Data.Images;

/// <summary>
/// Reads JPEG, PNG, WebP, TIFF and the other formats of Skia: turned upright by their EXIF mark, in RGB, transparency dropped (the colour stays, whatever
/// its alpha), of 16 bits the upper eight. These are the pixels of Pillow's <c>convert("RGB")</c>, which published weights were trained on.
/// </summary>
public static class ImageDecoder
{
    private const int ScanlinePixels = 1 << 20;
    private const int RowsAtOnce = 64;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The image.</returns>
    /// <exception cref="ImageException">It is missing, no regular file, cut off, too large, or of a format or colour space that is not read.</exception>
    public static RgbImage Read(string path) => WithStream(path, stream => Read(stream, path));

    /// <summary>Reads a stream from its current position.</summary>
    /// <param name="stream">The encoded image.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>The image.</returns>
    /// <exception cref="ImageException">The content is cut off, too large, or of a format or colour space that is not read.</exception>
    public static RgbImage Read(Stream stream, string name = "image")
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var data = Content(stream, name);
        if (data is not null && TiffDecoder.IsTiff(data.AsSpan()))
        {
            using var tiff = data.AsStream();
            return TiffDecoder.Read(tiff, name);
        }

        using var opaque = data is not null && GifTransparency.IsGif(data.AsSpan()) ? WithoutTransparency(data) : null;
        using var codec = data is null ? null : SKCodec.Create(opaque ?? data);
        CheckHeader(codec, name, data is null ? [] : data.AsSpan());
        using var content = data!.AsStream();
        return ImageOrigin.Turn(Decode(codec!, name), OriginOf(codec!, content));
    }

    /// <summary>Reads the size alone, upright, and looks whether the file ends where its format ends; cheaper than reading the pixels.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Height and width in pixels.</returns>
    /// <exception cref="ImageException">It is missing, no regular file, cut off, too large, or of a format that is not read.</exception>
    public static (int Height, int Width) ReadSize(string path) => WithStream(path, stream =>
        {
            var size = SizeOf(stream, path);
            if (!ImageEnding.IsWhole(stream))
            {
                // Some writers leave out the end mark or put something behind it; only decoding tells whether pixels are missing.
                stream.Position = 0;
                Read(stream, path);
            }

            return size;
        });

    /// <summary>Takes over a bitmap's pixels; transparency is dropped.</summary>
    /// <param name="bitmap">The bitmap, of any colour type; stays the caller's.</param>
    /// <returns>The image.</returns>
    public static RgbImage FromBitmap(SKBitmap bitmap)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        if (bitmap.ColorType != SKColorType.Rgba8888 || bitmap.AlphaType == SKAlphaType.Premul)
        {
            using var converted = new SKBitmap(Plain(bitmap.Width, bitmap.Height));
            using var pixmap = bitmap.PeekPixels();
            pixmap.ReadPixels(converted.Info, converted.GetPixels(), converted.RowBytes);
            return FromBitmap(converted);
        }

        var pixels = new byte[bitmap.Width * bitmap.Height * 3];
        TakeRows(bitmap.GetPixelSpan(), bitmap.RowBytes, bitmap.Width, pixels);
        return new RgbImage(bitmap.Height, bitmap.Width, pixels);
    }

    private static RgbImage Decode(SKCodec codec, string name)
    {
        var info = Plain(codec.Info.Width, codec.Info.Height);

        // Row by row a large image takes memory once, where its format can be read so.
        if (
            info.Width * info.Height > ScanlinePixels
            && codec.StartScanlineDecode(info) == SKCodecResult.Success
            && codec.ScanlineOrder == SKCodecScanlineOrder.TopDown
        )
        {
            return DecodeRows(codec, info, name);
        }

        PixelLimit.Check(name, info.Width, info.Height, share: 2);
        using var bitmap = new SKBitmap(info);
        var result = codec.GetPixels(info, bitmap.GetPixels());
        return result == SKCodecResult.Success ? FromBitmap(bitmap) : throw Undecodable(name, result);
    }

    private static RgbImage DecodeRows(SKCodec codec, SKImageInfo info, string name)
    {
        var pixels = new byte[info.Width * info.Height * 3];
        using var rows = new SKBitmap(info.WithSize(info.Width, RowsAtOnce));
        for (var y = 0; y < info.Height; y += RowsAtOnce)
        {
            var count = Math.Min(RowsAtOnce, info.Height - y);
            if (codec.GetScanlines(rows.GetPixels(), count, rows.RowBytes) < count)
            {
                throw Undecodable(name, SKCodecResult.IncompleteInput);
            }

            TakeRows(rows.GetPixelSpan(), rows.RowBytes, info.Width, pixels.AsSpan(y * info.Width * 3, count * info.Width * 3));
        }

        return new RgbImage(info.Height, info.Width, pixels);
    }

    private static void TakeRows(ReadOnlySpan<byte> source, int rowBytes, int width, Span<byte> target)
    {
        for (; !target.IsEmpty; source = source.Length > rowBytes ? source[rowBytes..] : [], target = target[(width * 3)..])
        {
            for (int x = 0, to = 0; x < width * 4; x += 4, to += 3)
            {
                target[to] = source[x];
                target[to + 1] = source[x + 1];
                target[to + 2] = source[x + 2];
            }
        }
    }

    private static (int Height, int Width) SizeOf(FileStream stream, string path)
    {
        Span<byte> start = stackalloc byte[FileKind.HeadLength];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (TiffDecoder.IsTiff(start))
        {
            return TiffDecoder.ReadSize(stream, path);
        }

        using var steady = new SteadyStream(stream);
        using var codec = SKCodec.Create(new SKManagedStream(steady));
        steady.ThrowIfFailed();
        CheckHeader(codec, path, start);
        return ImageOrigin.Swaps(OriginOf(codec!, stream))
            ? (codec!.Info.Width, codec.Info.Height)
            : (codec!.Info.Height, codec.Info.Width);
    }

    private static SKEncodedOrigin OriginOf(SKCodec codec, Stream file) =>
        codec.EncodedFormat == SKEncodedImageFormat.Png ? PngOrientation.Of(file) : codec.EncodedOrigin;

    private static SKImageInfo Plain(int width, int height) => new(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);

    private static SKData WithoutTransparency(SKData gif)
    {
        var bytes = gif.ToArray();
        GifTransparency.Drop(bytes);
        return SKData.CreateCopy(bytes);
    }

    private static T WithStream<T>(string path, Func<FileStream, T> use)
    {
        if (!File.Exists(path))
        {
            throw new ImageException($"{path}: no such image file.");
        }

        try
        {
            using var stream = InputFile.OpenRead(path);
            return stream.Length <= int.MaxValue
                ? use(stream)
                : throw new ImageException(
                    $"{path}: {stream.Length} bytes are too many for an image: at most {int.MaxValue} are read. Scale it down."
                );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ImageException($"{path}: cannot be read ({exception.Message.TrimEnd('.')}).");
        }
    }

    private static ImageException Undecodable(string name, SKCodecResult result) =>
        new(
            $"{name}: cannot be decoded ({result}): the file is cut off or damaged, or its colours are of a kind (such as some CMYK) that is not read. Copy it again, or convert it to RGB."
        );

    private static SKData? Content(Stream stream, string name)
    {
        using var steady = new SteadyStream(stream);
        var data = SKData.Create(steady);
        try
        {
            steady.ThrowIfFailed();
            return data;
        }
        catch (IOException exception)
        {
            data?.Dispose();
            throw new ImageException($"{name}: cannot be read ({exception.Message.TrimEnd('.')}).");
        }
    }

    private static void CheckHeader(SKCodec? codec, string name, ReadOnlySpan<byte> content)
    {
        if (codec is null)
        {
            throw FileKind.Describe(content[..Math.Min(content.Length, FileKind.HeadLength)]) is { } kind
            && !kind.EndsWith("image", StringComparison.Ordinal)
                ? new ImageException($"{name}: no image but {kind}.")
                : new ImageException($"{name}: no image in a format that can be read (JPEG, PNG, WebP, TIFF, GIF, BMP).");
        }

        PixelLimit.Check(name, codec.Info.Width, codec.Info.Height);
    }
}
