using System.Collections.Immutable;
using SkiaSharp;

namespace DetectorDsl.Figures;

/// <summary>The colours of the runs in a line below the panels; in smaller letters where there are many.</summary>
internal static class RunLegend
{
    private const float LargestText = 14;
    private const float Line = 28;
    private const float Gap = 8;
    private const float Between = 30;

    public static void Draw(
        SKCanvas canvas,
        string family,
        ImmutableArray<(string Name, ScottPlot.Color Color)> runs,
        float width,
        float top,
        float height
    )
    {
        using var typeface = SKTypeface.FromFamilyName(family);
        using var font = new SKFont(typeface, LargestText);
        var fixedWidth = (runs.Length * (Line + Gap)) + ((runs.Length - 1) * Between);
        var texts = runs.Sum(run => font.MeasureText(run.Name));
        font.Size = Math.Min(LargestText, LargestText * Math.Max(0.1f, width - fixedWidth - 20) / texts);
        var (x, y) = ((width - fixedWidth - runs.Sum(run => font.MeasureText(run.Name))) / 2, top + (height / 2));
        foreach (var (name, color) in runs)
        {
            using var stroke = new SKPaint
            {
                Color = color.ToSKColor(),
                StrokeWidth = 3,
                IsStroke = true,
                IsAntialias = true,
            };
            canvas.DrawLine(x, y, x + Line, y, stroke);
            using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
            canvas.DrawText(name, x + Line + Gap, y + (font.Size * 0.36f), SKTextAlign.Left, font, ink);
            x += Line + Gap + font.MeasureText(name) + Between;
        }
    }
}
