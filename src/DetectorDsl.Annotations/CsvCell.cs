namespace DetectorDsl.Annotations;

/// <summary>A text as a cell of a CSV table that people open in spreadsheets.</summary>
public static class CsvCell
{
    // What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"), in full width, too.
    private const string Formulas = "=+-@\t\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>Writes a text so that it stays a text: an apostrophe goes before what would be run as a formula, control characters are written as <c>\x1b</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The cell, in quotation marks where it holds a comma or such.</returns>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = VisibleText.Of(text.Length > 0 && Formulas.Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text);
        return text.AsSpan().IndexOfAny(",;\"") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
