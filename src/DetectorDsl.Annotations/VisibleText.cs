using System.Buffers;
using System.Globalization;
using System.Text;

namespace DetectorDsl.Annotations;

/// <summary>Texts of files as a person is shown them: names may hold characters that steer a terminal or hide what follows.</summary>
public static class VisibleText
{
    // Control characters but for the tab, marks that turn the direction of writing, ends of lines of Unicode.
    private static readonly SearchValues<char> Hidden = SearchValues.Create([
        .. Enumerable
            .Range(0, 0x20)
            .Concat(Enumerable.Range(0x7F, 0x21))
            .Concat(Enumerable.Range(0x200E, 2))
            .Concat(Enumerable.Range(0x2028, 7))
            .Concat(Enumerable.Range(0x2066, 4))
            .Where(code => code != '\t')
            .Select(code => (char)code),
    ]);

    /// <summary>A text of one line in which such characters are written as <c>\x1b</c> or <c>\u202e</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text itself where it holds none.</returns>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAny(Hidden) < 0 ? text : Escaped(text, keepsLines: false);
    }

    /// <summary>The same of a text of several lines, whose ends stay.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text itself where it holds no such character.</returns>
    public static string OfLines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAny(Hidden) < 0 ? text : Escaped(text, keepsLines: true);
    }

    private static string Escaped(string text, bool keepsLines)
    {
        var shown = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var isEnd = text[i] == '\n' || (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n');
            if (!Hidden.Contains(text[i]) || (keepsLines && isEnd))
            {
                shown.Append(text[i]);
            }
            else
            {
                shown
                    .Append(text[i] < 0x100 ? "\\x" : "\\u")
                    .Append(((int)text[i]).ToString(text[i] < 0x100 ? "x2" : "x4", CultureInfo.InvariantCulture));
            }
        }

        return shown.ToString();
    }
}
