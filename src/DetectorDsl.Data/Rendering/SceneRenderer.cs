using System.Collections.Immutable;
using DetectorDsl.Annotations;
using SkiaSharp;

namespace DetectorDsl.Data.Rendering;

/// <summary>Draws one image: a textured ground, clutter, the objects one over the other; and the visible mask of each.</summary>
internal sealed class SceneRenderer(int size, double baseRadius)
{
    private const double LargestOcclusion = 0.4;
    private const int Attempts = 80;

    /// <param name="classes">Classes in drawing order, the later ones in front.</param>
    /// <param name="random">The image's own stream.</param>
    /// <returns>JPEG bytes, and the visible mask of each class in the order given.</returns>
    public (byte[] Jpeg, ImmutableArray<RleMask> Masks) Render(ImmutableArray<int> classes, RandomSource random)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(size, size, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        DrawGround(canvas, random);
        var visible = new List<(byte[] Mask, int WholeArea)>();
        foreach (var index in classes)
        {
            var (placement, mask) = Place(visible, RenderedCategories.Shapes[index].Silhouette, random);
            foreach (var earlier in visible)
            {
                Subtract(earlier.Mask, mask);
            }

            visible.Add((mask, mask.Sum(pixel => pixel)));
            DrawObject(canvas, RenderedCategories.Shapes[index], placement, random);
        }

        canvas.Flush();
        using var blurred = Blur(bitmap, random.Between(0, 0.7));
        using var data = blurred.Encode(SKEncodedImageFormat.Jpeg, 92);
        return (data.ToArray(), [.. visible.Select(item => RleMask.FromBitmap(item.Mask, size, size))]);
    }

    private static void DrawObject(SKCanvas canvas, (Silhouette Silhouette, ShapeAttribute Attribute) shape, SKMatrix placement, RandomSource random)
    {
        var hue = random.Between(0, 360);
        var bright = random.NextDouble() < 0.5;
        using var body = new SKPaint { IsAntialias = true, Color = Colour(hue, random.Between(40, 90), bright ? random.Between(78, 95) : random.Between(22, 40)) };
        using var mark = new SKPaint { IsAntialias = true, Color = Colour(hue + random.Between(90, 270), random.Between(30, 90), bright ? random.Between(10, 28) : random.Between(85, 100)) };
        using var edge = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 0.09f, Color = bright ? new SKColor(20, 20, 20) : new SKColor(240, 240, 240) };
        using var path = shape.Silhouette.Build();
        canvas.Save();
        canvas.Concat(in placement);
        canvas.DrawPath(path, body);
        canvas.Save();
        canvas.ClipPath(path, antialias: true);
        shape.Attribute.Draw(canvas, mark);
        canvas.DrawPath(path, edge);
        canvas.Restore();
        canvas.Restore();
    }

    private static SKColor Colour(double hue, double saturation, double value) => SKColor.FromHsv((float)(hue % 360), (float)saturation, (float)value);

    private static void Subtract(byte[] mask, byte[] front)
    {
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] &= (byte)~front[i];
        }
    }

    private static SKImage Blur(SKBitmap bitmap, double sigma)
    {
        using var filter = SKImageFilter.CreateBlur((float)sigma, (float)sigma, SKShaderTileMode.Clamp);
        using var paint = new SKPaint { ImageFilter = filter };
        using var surface = SKSurface.Create(new SKImageInfo(bitmap.Width, bitmap.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var image = SKImage.FromBitmap(bitmap);
        surface.Canvas.DrawImage(image, 0, 0, paint);
        surface.Canvas.Flush();
        return surface.Snapshot();
    }

    private void DrawGround(SKCanvas canvas, RandomSource random)
    {
        var hue = random.Between(0, 360);
        canvas.Clear(Colour(hue, random.Between(0, 40), random.Between(40, 70)));
        using var paint = new SKPaint { IsAntialias = true };
        for (var i = 0; i < 14; i++)
        {
            paint.Color = Colour(hue + random.Between(-30, 30) + 360, random.Between(0, 45), random.Between(35, 75)).WithAlpha((byte)random.Between(60, 160));
            canvas.DrawOval((float)random.Between(0, size), (float)random.Between(0, size), (float)random.Between(8, size / 3.0), (float)random.Between(8, size / 3.0), paint);
        }

        // Clutter is of no class: thin lines and specks.
        for (var i = 0; i < 10; i++)
        {
            paint.Color = Colour(random.Between(0, 360), random.Between(10, 90), random.Between(20, 95)).WithAlpha((byte)random.Between(120, 255));
            paint.StrokeWidth = (float)random.Between(0.8, 2.2);
            var (x, y) = ((float)random.Between(0, size), (float)random.Between(0, size));
            canvas.DrawLine(x, y, x + (float)random.Between(-30, 30), y + (float)random.Between(-30, 30), paint);
            canvas.DrawCircle((float)random.Between(0, size), (float)random.Between(0, size), (float)random.Between(0.8, 2.5), paint);
        }
    }

    // Tries places until no object is hidden too far; smaller ones if the image is full. The last resort hides the least.
    private (SKMatrix Placement, byte[] Mask) Place(List<(byte[] Mask, int WholeArea)> visible, Silhouette silhouette, RandomSource random)
    {
        (SKMatrix Placement, byte[] Mask, double Hidden)? best = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var scale = Math.Max(0.6, random.Between(0.6, 1.6) * (attempt < Attempts / 2 ? 1 : 0.7));
            var radius = scale * baseRadius;
            var margin = radius * 0.95;
            var placement = SKMatrix.CreateTranslation((float)random.Between(margin, size - margin), (float)random.Between(margin, size - margin))
                .PreConcat(SKMatrix.CreateRotationDegrees((float)random.Between(-18, 18)))
                .PreConcat(SKMatrix.CreateScale((float)radius, (float)radius));
            var mask = Fill(silhouette, placement);
            var hidden = visible.Count == 0 ? 0 : visible.Max(earlier => HiddenShare(earlier.Mask, earlier.WholeArea, mask));
            if (best is null || hidden < best.Value.Hidden)
            {
                best = (placement, mask, hidden);
            }

            // Most objects stand free; one in four may cover another up to the limit.
            if (hidden <= (random.NextDouble() < 0.25 ? LargestOcclusion : 0.08))
            {
                return (placement, mask);
            }
        }

        return (best!.Value.Placement, best.Value.Mask);
    }

    // Of the whole object: what earlier ones in front of it hide already counts.
    private static double HiddenShare(byte[] visible, int wholeArea, byte[] front)
    {
        var left = 0;
        var touched = false;
        for (var i = 0; i < visible.Length; i++)
        {
            left += visible[i] & ~front[i];
            touched |= (visible[i] & front[i]) != 0;
        }

        return touched ? 1 - ((double)left / wholeArea) : 0;
    }

    private byte[] Fill(Silhouette silhouette, SKMatrix placement)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(size, size, SKColorType.Alpha8, SKAlphaType.Premul));
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { Color = SKColors.White };
        using var path = silhouette.Build();
        canvas.Clear(SKColors.Transparent);
        canvas.Concat(in placement);
        canvas.DrawPath(path, paint);
        canvas.Flush();
        var pixels = new byte[size * size];
        var source = bitmap.GetPixelSpan();
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                pixels[(y * size) + x] = (byte)(source[(y * bitmap.RowBytes) + x] >> 7);
            }
        }

        return pixels;
    }
}
