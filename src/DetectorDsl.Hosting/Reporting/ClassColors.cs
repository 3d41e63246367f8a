using SkiaSharp;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>A colour per class: neighbours in the class list lie far apart on the colour circle.</summary>
internal static class ClassColors
{
    // The golden section of the circle never comes back to an earlier hue.
    private const double Turn = 0.61803398874989485;

    public static SKColor Of(int label) =>
        SKColor.FromHsv((float)(label * Turn % 1 * 360), label % 2 == 0 ? 85 : 60, label % 3 == 0 ? 100 : 85);

    /// <summary>Whether black is easier to read on it than white.</summary>
    public static bool IsBright(SKColor color) => (0.299 * color.Red) + (0.587 * color.Green) + (0.114 * color.Blue) > 140;
}
