using System.Collections.Immutable;
using SkiaSharp;

namespace DetectorDsl.Data.Rendering;

/// <summary>The outline that all members of a family share, in a square from -1 to 1.</summary>
internal sealed class Silhouette(string name, Func<SKPath> build)
{
    public string Name { get; } = name;

    public static ImmutableArray<Silhouette> All { get; } =
    [
        new("disc", () => Circle(0.95f)),
        new("square", () => Polygon(-0.85f, -0.85f, 0.85f, -0.85f, 0.85f, 0.85f, -0.85f, 0.85f)),
        new("triangle", () => Polygon(0, -1.05f, 1.08f, 0.85f, -1.08f, 0.85f)),
        new("star", () => Star(5, 1.12f, 0.58f)),
        new("cross", () =>
            Polygon(
                -0.45f,
                -1,
                0.45f,
                -1,
                0.45f,
                -0.45f,
                1,
                -0.45f,
                1,
                0.45f,
                0.45f,
                0.45f,
                0.45f,
                1,
                -0.45f,
                1,
                -0.45f,
                0.45f,
                -1,
                0.45f,
                -1,
                -0.45f,
                -0.45f,
                -0.45f
            )
        ),
        new("arrow", () => Polygon(0, -1.1f, 1.05f, 0.05f, 0.55f, 0.05f, 0.55f, 1, -0.55f, 1, -0.55f, 0.05f, -1.05f, 0.05f)),
        new("heart", Heart),
        new("drop", Drop),
        new("capsule", Capsule),
        new("gear", () => Star(9, 1.1f, 0.78f)),
    ];

    /// <summary>A fresh path; the caller disposes it.</summary>
    public SKPath Build() => build();

    private static SKPath Circle(float radius)
    {
        var builder = new SKPath();
        builder.AddCircle(0, 0, radius);
        return builder;
    }

    private static SKPath Polygon(params float[] coordinates)
    {
        var builder = new SKPath();
        builder.MoveTo(coordinates[0], coordinates[1]);
        for (var i = 2; i < coordinates.Length; i += 2)
        {
            builder.LineTo(coordinates[i], coordinates[i + 1]);
        }

        builder.Close();
        return builder;
    }

    private static SKPath Star(int points, float outer, float inner)
    {
        var coordinates = new float[points * 4];
        for (var i = 0; i < points * 2; i++)
        {
            var radius = i % 2 == 0 ? outer : inner;
            var angle = (Math.PI * i / points) - (Math.PI / 2);
            coordinates[2 * i] = (float)(radius * Math.Cos(angle));
            coordinates[(2 * i) + 1] = (float)(radius * Math.Sin(angle));
        }

        return Polygon(coordinates);
    }

    private static SKPath Heart()
    {
        var builder = new SKPath();
        builder.MoveTo(0, 1.05f);
        builder.CubicTo(-1.5f, -0.1f, -1.0f, -1.25f, 0, -0.5f);
        builder.CubicTo(1.0f, -1.25f, 1.5f, -0.1f, 0, 1.05f);
        builder.Close();
        return builder;
    }

    private static SKPath Drop()
    {
        var builder = new SKPath();
        builder.MoveTo(0, -1.2f);
        builder.CubicTo(0.35f, -0.5f, 0.9f, -0.1f, 0.9f, 0.3f);
        builder.CubicTo(0.9f, 1.25f, -0.9f, 1.25f, -0.9f, 0.3f);
        builder.CubicTo(-0.9f, -0.1f, -0.35f, -0.5f, 0, -1.2f);
        builder.Close();
        return builder;
    }

    private static SKPath Capsule()
    {
        var builder = new SKPath();
        builder.AddRoundRect(new SKRoundRect(new SKRect(-1.15f, -0.65f, 1.15f, 0.65f), 0.6f));
        return builder;
    }
}
