using System.Text;
using System.Xml;

namespace DetectorDsl.Generators.Primitives;

/// <summary>Text within XML documentation.</summary>
internal static class XmlText
{
    /// <summary>The text on one line, with what XML cannot hold replaced by U+FFFD.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                result.Append(text[i]).Append(text[++i]);
            }
            else
            {
                result.Append(Escape(text[i]));
            }
        }

        return result.ToString();
    }

    private static string Escape(char character) =>
        character switch
        {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            // Whatever ends a line of C# would end the comment.
            '\n' or '\r' or '\u0085' or '\u2028' or '\u2029' => " ",
            _ => XmlConvert.IsXmlChar(character) ? character.ToString() : "\uFFFD",
        };
}
