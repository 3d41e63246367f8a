using SkiaSharp;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Figures;

/// <summary>Figures need a font of the machine's, and a bare one has none.</summary>
internal static class Fonts
{
    public static void SkipWithout() => Skip.If(SKFontManager.Default.FontFamilyCount == 0, "This machine has no fonts.");
}
