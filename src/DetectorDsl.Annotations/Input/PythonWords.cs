namespace DetectorDsl.Annotations;

/// <summary>The words that Python writes in place of numbers and that JSON does not know.</summary>
/// <remarks>Compiled into each assembly that uses it.</remarks>
internal static class PythonWords
{
    /// <summary>The word that comes next in a JSON text; null where another value does.</summary>
    /// <param name="text">The text from behind a name or a value on.</param>
    public static string? Next(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n:,["u8);
        return text.StartsWith("NaN"u8) ? "NaN"
            : text.StartsWith("Infinity"u8) ? "Infinity"
            : text.StartsWith("-Infinity"u8) ? "-Infinity"
            : null;
    }
}
