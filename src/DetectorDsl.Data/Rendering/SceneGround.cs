using DetectorDsl.Structures;
using SkiaSharp;

namespace DetectorDsl.Data.Rendering;

/// <summary>What lies behind the objects: a mottled ground, and clutter that is of no class.</summary>
internal static class SceneGround
{
    public static void Draw(SKCanvas canvas, int size, RandomSource random)
    {
        var hue = random.Between(0, 360);
        canvas.Clear(SceneColour.Of(hue, random.Between(0, 40), random.Between(40, 70)));
        using var paint = new SKPaint { IsAntialias = true };
        for (var i = 0; i < 14; i++)
        {
            paint.Color = SceneColour
                .Of(hue + random.Between(-30, 30), random.Between(0, 45), random.Between(35, 75))
                .WithAlpha((byte)random.Between(60, 160));
            canvas.DrawOval(
                (float)random.Between(0, size),
                (float)random.Between(0, size),
                (float)random.Between(8, size / 3.0),
                (float)random.Between(8, size / 3.0),
                paint
            );
        }

        for (var i = 0; i < 10; i++)
        {
            paint.Color = SceneColour
                .Of(random.Between(0, 360), random.Between(10, 90), random.Between(20, 95))
                .WithAlpha((byte)random.Between(120, 255));
            paint.StrokeWidth = (float)random.Between(0.8, 2.2);
            var (x, y) = ((float)random.Between(0, size), (float)random.Between(0, size));
            canvas.DrawLine(x, y, x + (float)random.Between(-30, 30), y + (float)random.Between(-30, 30), paint);
            canvas.DrawCircle((float)random.Between(0, size), (float)random.Between(0, size), (float)random.Between(0.8, 2.5), paint);
        }
    }
}
