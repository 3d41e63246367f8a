using DetectorDsl.Data.Images;
using SkiaSharp;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>Writes pictures of images and objects: of detections as JPEG files, of batches as PNG files.</summary>
public static class PictureWriter
{
    private const int Quality = 90;
    private const int Gap = 8;

    // libjpeg's limit is 65,500, and nobody looks at more pixels than these.
    private const int LongestSide = 32_000;
    private const double MostPixels = 1 << 25;
    private const int HeadHeight = 24;

    /// <summary>Writes an image with objects drawn over it.</summary>
    /// <param name="stream">Receives a JPEG file.</param>
    /// <param name="image">The image.</param>
    /// <param name="objects">The objects, the last on top.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public static void Write(Stream stream, RgbImage image, IReadOnlyList<DrawnObject> objects)
    {
        ArgumentNullException.ThrowIfNull(image);
        var scale = ObjectPainter.ScaleOf(image);
        Encode(stream, image.Width * scale, image.Height * scale, SKEncodedImageFormat.Jpeg, canvas =>
            ObjectPainter.Draw(canvas, image, objects, scale)
        );
    }

    /// <summary>Writes an image twice: with its annotated objects at the left, with what was predicted at the right.</summary>
    /// <param name="stream">Receives a JPEG file.</param>
    /// <param name="image">The image.</param>
    /// <param name="truth">The annotated objects.</param>
    /// <param name="predicted">The predicted objects, the last on top.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public static void WriteComparison(
        Stream stream,
        RgbImage image,
        IReadOnlyList<DrawnObject> truth,
        IReadOnlyList<DrawnObject> predicted
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        var scale = ObjectPainter.ScaleOf(image);
        var (width, height) = (image.Width * scale, image.Height * scale);
        Encode(stream, (width * 2) + Gap, height + HeadHeight, SKEncodedImageFormat.Jpeg, canvas =>
        {
            canvas.Clear(SKColors.White);
            DrawHalf(canvas, $"annotated: {truth.Count}", image, truth, scale);
            canvas.Translate(width + Gap, 0);
            DrawHalf(canvas, $"predicted: {predicted.Count}", image, predicted, scale);
        });
    }

    /// <summary>Writes images of one size beside and below one another, each with objects drawn over it, as a PNG file.</summary>
    /// <param name="stream">Receives a PNG file.</param>
    /// <param name="images">The images, at least one, row by row; all of the first one's size.</param>
    /// <param name="objects">The objects of each image, the last on top.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public static void WriteGrid(Stream stream, IReadOnlyList<RgbImage> images, IReadOnlyList<IReadOnlyList<DrawnObject>> objects)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(objects);
        var columns = (int)Math.Ceiling(Math.Sqrt(images.Count));
        var rows = (images.Count + columns - 1) / columns;
        var scale = ObjectPainter.ScaleOf(images[0]);
        var (width, height) = (images[0].Width * scale, images[0].Height * scale);
        Encode(stream, (columns * (width + Gap)) - Gap, (rows * (height + Gap)) - Gap, SKEncodedImageFormat.Png, canvas =>
        {
            canvas.Clear(SKColors.White);
            for (var i = 0; i < images.Count; i++)
            {
                canvas.Save();
                canvas.Translate(i % columns * (width + Gap), i / columns * (height + Gap));
                ObjectPainter.Draw(canvas, images[i], objects[i], scale);
                canvas.Restore();
            }
        });
    }

    private static void DrawHalf(SKCanvas canvas, string head, RgbImage image, IReadOnlyList<DrawnObject> objects, int scale)
    {
        ObjectPainter.DrawLabel(canvas, head, SKColors.White, 0, HeadHeight - 3, SKRect.Create(image.Width * scale, HeadHeight));
        canvas.Save();
        canvas.Translate(0, HeadHeight);
        ObjectPainter.Draw(canvas, image, objects, scale);
        canvas.Restore();
    }

    private static void Encode(Stream stream, int width, int height, SKEncodedImageFormat format, Action<SKCanvas> draw)
    {
        var share = (float)
            Math.Min(1, Math.Min((double)LongestSide / Math.Max(width, height), Math.Sqrt(MostPixels / ((double)width * height))));
        using var bitmap = new SKBitmap(
            new SKImageInfo(Math.Max(1, (int)(width * share)), Math.Max(1, (int)(height * share)), SKColorType.Rgba8888, SKAlphaType.Opaque)
        );
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Scale(share);
            draw(canvas);
        }

        using var data = bitmap.Encode(format, Quality)
            ?? throw new IOException($"a picture of {bitmap.Width} x {bitmap.Height} pixels cannot be encoded.");
        data.SaveTo(stream);
    }
}
