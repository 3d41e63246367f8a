using DetectorDsl.Data.Images;
using DetectorDsl.Runtime.Weights;
using SkiaSharp;

namespace DetectorDsl.Runtime.Reporting;

/// <summary>Writes pictures of detections as JPEG files.</summary>
public static class PictureWriter
{
    private const int Quality = 90;
    private const int Gap = 8;
    private const int HeadHeight = 24;

    /// <summary>Writes an image with objects drawn over it.</summary>
    /// <param name="path">The JPEG file.</param>
    /// <param name="image">The image.</param>
    /// <param name="objects">The objects, the last on top.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public static void Write(string path, RgbImage image, IReadOnlyList<DrawnObject> objects)
    {
        ArgumentNullException.ThrowIfNull(image);
        var scale = ObjectPainter.ScaleOf(image);
        Encode(path, image.Width * scale, image.Height * scale, canvas => ObjectPainter.Draw(canvas, image, objects, scale));
    }

    /// <summary>Writes an image twice: with its annotated objects at the left, with what was predicted at the right.</summary>
    /// <param name="path">The JPEG file.</param>
    /// <param name="image">The image.</param>
    /// <param name="truth">The annotated objects.</param>
    /// <param name="predicted">The predicted objects, the last on top.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public static void WriteComparison(string path, RgbImage image, IReadOnlyList<DrawnObject> truth, IReadOnlyList<DrawnObject> predicted)
    {
        ArgumentNullException.ThrowIfNull(image);
        var scale = ObjectPainter.ScaleOf(image);
        var (width, height) = (image.Width * scale, image.Height * scale);
        Encode(path, (width * 2) + Gap, height + HeadHeight, canvas =>
        {
            canvas.Clear(SKColors.White);
            DrawHalf(canvas, $"annotated: {truth.Count}", image, truth, scale);
            canvas.Translate(width + Gap, 0);
            DrawHalf(canvas, $"predicted: {predicted.Count}", image, predicted, scale);
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

    private static void Encode(string path, int width, int height, Action<SKCanvas> draw)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            draw(canvas);
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, Quality);
        AtomicFile.Write(path, stream => data.SaveTo(stream));
    }
}
