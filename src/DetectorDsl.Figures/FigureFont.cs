using SkiaSharp;

namespace DetectorDsl.Figures;

/// <summary>The font of figures: the first that the machine has.</summary>
internal static class FigureFont
{
    private static readonly string[] Wanted = ["Helvetica", "Arial", "Liberation Sans", "Nimbus Sans", "DejaVu Sans", "Noto Sans"];

    /// <summary>Its name.</summary>
    /// <exception cref="FigureException">The machine has no fonts.</exception>
    public static string Find()
    {
        var present = SKFontManager.Default.FontFamilies.ToList();
        if (present.Count == 0)
        {
            throw new FigureException(
                "This machine has no fonts, and a figure needs one. Install any, for example the package fonts-dejavu-core; the statistics themselves are in the runs' folders."
            );
        }

        return Wanted.FirstOrDefault(name => present.Contains(name, StringComparer.OrdinalIgnoreCase))
            ?? present.Order(StringComparer.Ordinal).First();
    }
}
