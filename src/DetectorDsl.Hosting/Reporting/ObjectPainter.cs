using DetectorDsl.Annotations;
using DetectorDsl.Data.Images;
using SkiaSharp;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>Draws an image with masks, boxes and labels over it.</summary>
internal static class ObjectPainter
{
    private const int SmallestSide = 480;
    private const float FontUnit = 1.6f;
    private const int MostPixels = 1 << 24;

    /// <summary>Whole-number enlargement of small images, so that labels can be read.</summary>
    public static int ScaleOf(RgbImage image) => Math.Clamp(SmallestSide / Math.Max(1, Math.Min(image.Width, image.Height)), 1, 8);

    /// <summary>Draws at the canvas's origin.</summary>
    /// <param name="canvas">Receives the picture.</param>
    /// <param name="image">The image.</param>
    /// <param name="objects">What is drawn over it, the last on top.</param>
    /// <param name="scale">Pixels drawn per pixel of the image.</param>
    public static void Draw(SKCanvas canvas, RgbImage image, IReadOnlyList<DrawnObject> objects, int scale)
    {
        var area = SKRect.Create(image.Width * scale, image.Height * scale);
        var smooth = new SKSamplingOptions(SKFilterMode.Linear);
        var step = StepOf(image.Width, image.Height);
        using (var picture = ToBitmap(image, step))
        using (var drawn = SKImage.FromBitmap(picture))
        {
            canvas.DrawImage(drawn, area, smooth);
        }

        canvas.Save();
        canvas.ClipRect(area);
        foreach (var item in objects.Where(item => item.Mask is not null))
        {
            using var overlay = ToOverlay(item.Mask!, ClassColors.Of(item.Label), step);
            using var drawn = SKImage.FromBitmap(overlay);
            canvas.DrawImage(drawn, area, new SKSamplingOptions(SKFilterMode.Nearest));
        }

        foreach (var item in objects)
        {
            DrawBox(canvas, item, scale);
        }

        foreach (var item in objects)
        {
            DrawLabel(canvas, item.Text, ClassColors.Of(item.Label), (float)item.Box.X * scale, (float)item.Box.Y * scale, area);
        }

        canvas.Restore();
    }

    /// <summary>Draws a text on a ground of its own, above the point where there is room, else below.</summary>
    public static void DrawLabel(SKCanvas canvas, string text, SKColor ground, float x, float y, SKRect area)
    {
        var (width, height) = (StrokeFont.Measure(text, FontUnit) + (4 * FontUnit), (StrokeFont.LineHeight + 2) * FontUnit);
        var left = Math.Clamp(x, 0, Math.Max(0, area.Width - width));
        var top = y - height >= 0 ? y - height : Math.Min(Math.Max(0, y), Math.Max(0, area.Height - height));
        using var fill = new SKPaint { Color = ground };
        canvas.DrawRect(left, top, width, height, fill);
        using var path = StrokeFont.Path(text, left + (2 * FontUnit), top + (1.4f * FontUnit), FontUnit);
        using var ink = new SKPaint
        {
            Color = ClassColors.IsBright(ground) ? SKColors.Black : SKColors.White,
            IsStroke = true,
            StrokeWidth = 1.5f,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
            IsAntialias = true,
        };
        canvas.DrawPath(path, ink);
    }

    private static void DrawBox(SKCanvas canvas, DrawnObject item, int scale)
    {
        using var line = new SKPaint
        {
            Color = ClassColors.Of(item.Label),
            IsStroke = true,
            StrokeWidth = 2,
            IsAntialias = true,
        };
        canvas.DrawRect(
            (float)item.Box.X * scale,
            (float)item.Box.Y * scale,
            (float)item.Box.Width * scale,
            (float)item.Box.Height * scale,
            line
        );
    }

    // Of an image that is larger than any screen, every second or third pixel is drawn.
    private static int StepOf(int width, int height) => (int)Math.Ceiling(Math.Sqrt(Math.Max(1, width * (double)height / MostPixels)));

    private static SKBitmap ToBitmap(RgbImage image, int step)
    {
        var bitmap = new SKBitmap(
            new SKImageInfo((image.Width + step - 1) / step, (image.Height + step - 1) / step, SKColorType.Rgba8888, SKAlphaType.Opaque)
        );
        var target = bitmap.GetPixelSpan();
        for (var y = 0; y < bitmap.Height; y++)
        {
            for (var x = 0; x < bitmap.Width; x++)
            {
                var (from, to) = (((y * step * image.Width) + (x * step)) * 3, (y * bitmap.RowBytes) + (x * 4));
                (target[to], target[to + 1], target[to + 2], target[to + 3]) = (
                    image.Pixels[from],
                    image.Pixels[from + 1],
                    image.Pixels[from + 2],
                    255
                );
            }
        }

        return bitmap;
    }

    // Premultiplied: half of the colour, at half its strength.
    private static SKBitmap ToOverlay(RleMask mask, SKColor color, int step)
    {
        var bitmap = new SKBitmap(
            new SKImageInfo((mask.Width + step - 1) / step, (mask.Height + step - 1) / step, SKColorType.Rgba8888, SKAlphaType.Premul)
        );
        bitmap.Erase(SKColors.Transparent);
        var target = bitmap.GetPixelSpan();
        var pixels = mask.ToBitmap();
        for (var y = 0; y < bitmap.Height; y++)
        {
            for (var x = 0; x < bitmap.Width; x++)
            {
                if (pixels[(y * step * mask.Width) + (x * step)] != 0)
                {
                    var to = (y * bitmap.RowBytes) + (x * 4);
                    (target[to], target[to + 1], target[to + 2], target[to + 3]) = (
                        (byte)(color.Red / 2),
                        (byte)(color.Green / 2),
                        (byte)(color.Blue / 2),
                        128
                    );
                }
            }
        }

        return bitmap;
    }
}
