using System.Collections.Immutable;
using SkiaSharp;

namespace DetectorDsl.Data.Rendering;

/// <summary>
/// What tells the members of a family apart: a mark within the silhouette, or bands across it; six values of each. All are their own mirror
/// images, so that a flipped training image keeps its classes.
/// </summary>
internal sealed class ShapeAttribute(string name, Action<SKCanvas, SKPaint> draw)
{
    public string Name { get; } = name;

    /// <summary>Marks that stand in the middle.</summary>
    public static ImmutableArray<ShapeAttribute> Marks { get; } =
    [
        new("dot", (canvas, paint) => canvas.DrawCircle(0, 0.1f, 0.34f, paint)),
        new("hollow", (canvas, paint) => Stroke(paint, 0.17f, stroke => canvas.DrawCircle(0, 0.1f, 0.34f, stroke))),
        new("bar", (canvas, paint) => canvas.DrawRect(new SKRect(-0.48f, -0.04f, 0.48f, 0.24f), paint)),
        new("post", (canvas, paint) => canvas.DrawRect(new SKRect(-0.14f, -0.38f, 0.14f, 0.58f), paint)),
        new("pair", (canvas, paint) =>
        {
            canvas.DrawCircle(-0.31f, 0.1f, 0.22f, paint);
            canvas.DrawCircle(0.31f, 0.1f, 0.22f, paint);
        }),
        new("plain", (_, _) => { }),
    ];

    /// <summary>Bands that run across the whole silhouette, which clips them.</summary>
    public static ImmutableArray<ShapeAttribute> Bands { get; } =
    [
        new("level", (canvas, paint) => Band(canvas, paint, 0, 0)),
        new("upright", (canvas, paint) => Band(canvas, paint, 90, 0)),
        new("chevron", (canvas, paint) =>
        {
            using var path = new SKPath();
            path.AddPoly([
                new SKPoint(-1.3f, 0.75f),
                new SKPoint(0, -0.5f),
                new SKPoint(1.3f, 0.75f),
                new SKPoint(1.3f, 1.2f),
                new SKPoint(0, -0.05f),
                new SKPoint(-1.3f, 1.2f),
            ]);
            canvas.DrawPath(path, paint);
        }),
        new("saltire", (canvas, paint) =>
        {
            Band(canvas, paint, -45, 0);
            Band(canvas, paint, 45, 0);
        }),
        new("twin", (canvas, paint) =>
        {
            Band(canvas, paint, 0, -0.42f);
            Band(canvas, paint, 0, 0.42f);
        }),
        new("crossed", (canvas, paint) =>
        {
            Band(canvas, paint, 0, 0);
            Band(canvas, paint, 90, 0);
        }),
    ];

    public void Draw(SKCanvas canvas, SKPaint paint) => draw(canvas, paint);

    private static void Band(SKCanvas canvas, SKPaint paint, float degrees, float offset)
    {
        canvas.Save();
        canvas.RotateDegrees(degrees);
        canvas.DrawRect(new SKRect(-2, offset - 0.17f, 2, offset + 0.17f), paint);
        canvas.Restore();
    }

    private static void Stroke(SKPaint paint, float width, Action<SKPaint> draw)
    {
        using var stroke = paint.Clone();
        stroke.Style = SKPaintStyle.Stroke;
        stroke.StrokeWidth = width;
        draw(stroke);
    }
}
