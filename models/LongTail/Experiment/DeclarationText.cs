using System.Security.Cryptography;
using System.Text;

namespace LongTail.Experiment;

/// <summary>
/// The text of the declarations that a result belongs to. A declaration's configuration hash would serve, too, but it changes with every slot that the
/// library gains, and an experiment of hours should outlive that.
/// </summary>
internal static class DeclarationText
{
    private const int HashLength = 16;

    private static readonly string[] OfMainRows =
    [
        "TailMaskRcnn.cs",
        "TailShapes.cs",
        "Pretraining.cs",
        "CrossEntropyRows.cs",
        "SeesawRows.cs",
        "RivalRows.cs",
        "RepeatFactorRows.cs",
    ];
    private static readonly string[] OfFurtherRows = [.. OfMainRows, "FurtherRows.cs"];

    /// <summary>Hash of the files that a row's declaration and its bases are in.</summary>
    public static string HashFor(Row row) => Hash(Rows.Main.Contains(row) ? OfMainRows : OfFurtherRows);

    private static string Hash(IEnumerable<string> files)
    {
        var text = string.Concat(files.Select(Read)).Replace("\r\n", "\n", StringComparison.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];
    }

    private static string Read(string file)
    {
        using var reader = new StreamReader(typeof(DeclarationText).Assembly.GetManifestResourceStream(file)!);
        return reader.ReadToEnd();
    }
}
