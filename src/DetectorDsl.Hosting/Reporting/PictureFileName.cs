namespace DetectorDsl.Hosting.Reporting;

/// <summary>Names of pictures that every system and browser takes as plain names.</summary>
internal static class PictureFileName
{
    private const int Longest = 120;
    private const string Forbidden = "<>:\"/\\|?*&'`$;";

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>The name of an image file without folder and ending, in which nothing has a meaning to a shell, a page or a terminal.</summary>
    /// <param name="file">The image file.</param>
    /// <returns>A name of one character at least.</returns>
    public static string Stem(string file)
    {
        var stem = Path.GetFileNameWithoutExtension(file);
        var safe = string.Concat(
                stem.Take(Longest)
                    .Select(letter =>
                        char.IsControl(letter)
                        || char.IsSurrogate(letter)
                        || IsFormat(letter)
                        || Forbidden.Contains(letter, StringComparison.Ordinal)
                            ? '_'
                            : letter
                    )
            )
            .TrimEnd('.', ' ');
        return safe.Length == 0 || safe.StartsWith('-') || safe.StartsWith('.') || IsDevice(safe) ? "_" + safe : safe;
    }

    private static bool IsFormat(char letter) =>
        char.GetUnicodeCategory(letter)
            is System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator
                or System.Globalization.UnicodeCategory.ParagraphSeparator;

    private static bool IsDevice(string name) =>
        name.Split('.')[0].ToUpperInvariant() is var first
        && (Devices.Contains(first) || (first.Length == 4 && first[..3] is "COM" or "LPT" && char.IsDigit(first[3])));
}
