using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Structures;
using SkiaSharp;

namespace DetectorDsl.Data.Rendering;

/// <summary>An image and the pixels of its objects.</summary>
/// <param name="Jpeg">The encoded image.</param>
/// <param name="Masks">Visible pixels of each object, in drawing order.</param>
/// <param name="WholeAreas">Pixels of each object before others hid some.</param>
internal sealed record RenderedScene(byte[] Jpeg, ImmutableArray<RleMask> Masks, ImmutableArray<int> WholeAreas);

/// <summary>Draws one image: the ground, the objects one over the other; and the visible mask of each.</summary>
/// <param name="step">Sizes, and what the classes look like.</param>
internal sealed class SceneRenderer(RenderedStep step)
{
    private readonly ImmutableArray<(Silhouette Silhouette, ShapeAttribute Attribute)> shapes = RenderedCategories.ShapesOf(step);
    private const int JpegQuality = 92;

    /// <param name="classes">Classes in drawing order, the later ones in front.</param>
    /// <param name="random">The image's own stream.</param>
    /// <returns>The image.</returns>
    public RenderedScene Render(ImmutableArray<int> classes, RandomSource random)
    {
        var (size, blur) = (step.ImageSize, random.Between(0, 0.7));
        using var bitmap = new SKBitmap(new SKImageInfo(size, size, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        SceneGround.Draw(canvas, size, random);
        var placer = new ObjectPlacer(size, step.BaseRadius);
        var layers = new List<ObjectLayer>();
        foreach (var index in classes)
        {
            var shape = shapes[index];
            var (placement, layer) = placer.Place(layers, shape.Silhouette, random);
            layers.ForEach(earlier => earlier.PutBehind(layer));
            layers.Add(layer);
            DrawObject(canvas, shape, placement, random);
        }

        canvas.Flush();
        using var blurred = Blur(bitmap, blur);
        using var data = blurred.Encode(SKEncodedImageFormat.Jpeg, JpegQuality);
        return new RenderedScene(
            data.ToArray(),
            [.. layers.Select(layer => RleMask.FromBitmap(layer.Visible, size, size))],
            [.. layers.Select(layer => layer.WholeArea)]
        );
    }

    /// <summary>Draws an object in colours of its own: body, mark and edge stand out from each other, and none tells the class.</summary>
    /// <param name="canvas">Receives it.</param>
    /// <param name="shape">Outline and attribute.</param>
    /// <param name="placement">From the outline's square to the canvas.</param>
    /// <param name="random">Draws the colours.</param>
    internal static void DrawObject(
        SKCanvas canvas,
        (Silhouette Silhouette, ShapeAttribute Attribute) shape,
        SKMatrix placement,
        RandomSource random
    )
    {
        var hue = random.Between(0, 360);
        var bright = random.NextDouble() < 0.5;
        using var body = new SKPaint
        {
            IsAntialias = true,
            Color = SceneColour.Of(hue, random.Between(40, 90), bright ? random.Between(78, 95) : random.Between(22, 40)),
        };
        using var mark = new SKPaint
        {
            IsAntialias = true,
            Color = SceneColour.Of(
                hue + random.Between(90, 270),
                random.Between(30, 90),
                bright ? random.Between(10, 28) : random.Between(85, 100)
            ),
        };
        using var edge = new SKPaint
        {
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 0.09f,
            Color = bright ? new SKColor(20, 20, 20) : new SKColor(240, 240, 240),
        };
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
}
