using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DetectorDsl.Generators.Rendering;

/// <summary>The only way by which text enters the compilation. Line ends are LF, whatever a template, a doc comment or a file held.</summary>
internal static class SourceOutput
{
    /// <summary>Adds one file, with exactly one line end at its end.</summary>
    public static void Add(SourceProductionContext context, GeneratedSource source)
    {
#pragma warning disable RS0030 // Banned elsewhere for the sake of this place.
        context.AddSource(source.HintName, SourceText.From(Normalize(source.Text), Encoding.UTF8));
#pragma warning restore RS0030
    }

    public static string Normalize(string text) => text.Replace("\r\n", "\n").Replace('\r', '\n').TrimEnd('\n') + "\n";
}
