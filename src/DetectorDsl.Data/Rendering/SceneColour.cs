using SkiaSharp;

namespace DetectorDsl.Data.Rendering;

/// <summary>Colours by hue, saturation and value.</summary>
internal static class SceneColour
{
    /// <param name="hue">Degrees, any number.</param>
    /// <param name="saturation">0 to 100.</param>
    /// <param name="value">0 to 100.</param>
    public static SKColor Of(double hue, double saturation, double value) =>
        SKColor.FromHsv((float)((hue + 720) % 360), (float)saturation, (float)value);
}
