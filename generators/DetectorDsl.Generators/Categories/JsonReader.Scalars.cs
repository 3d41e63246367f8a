using System.Globalization;
using System.Text;

namespace DetectorDsl.Generators.Categories;

/// <content>Texts, numbers and words.</content>
internal sealed partial class JsonReader
{
    /// <summary>Reads a text.</summary>
    public string ReadString()
    {
        if (Peek() != '"')
        {
            throw Unexpected("a text");
        }
        var start = position++;
        var value = new StringBuilder();
        while (true)
        {
            if (position == text.Length)
            {
                throw Error(start, "the text that begins here does not end");
            }
            var character = text[position++];
            if (character == '"')
            {
                break;
            }
            if (character < ' ')
            {
                throw Error(position - 1, "a text must not hold line ends, tabs or other control characters; escape them");
            }
            value.Append(character == '\\' ? ReadEscape() : character);
        }

        return HasLoneSurrogate(value) ? throw Error(start, "this text holds half of a surrogate pair") : value.ToString();
    }

    private char ReadEscape()
    {
        var start = position - 1;
        switch (position < text.Length ? text[position++] : '\0')
        {
            case '"':
                return '"';
            case '\\':
                return '\\';
            case '/':
                return '/';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u'
                when position + 4 <= text.Length
                    && ushort.TryParse(
                        text.Substring(position, 4),
                        NumberStyles.AllowHexSpecifier,
                        CultureInfo.InvariantCulture,
                        out var code
                    ):
                position += 4;
                return (char)code;
            default:
                throw Error(start, "this is no escape that JSON knows");
        }
    }

    private static bool HasLoneSurrogate(StringBuilder value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
            {
                continue;
            }
            if (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[i + 1]))
            {
                return true;
            }
            i++;
        }

        return false;
    }

    /// <summary>-?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?</summary>
    private string ScanNumber()
    {
        var start = Position;
        if (IsAt('-'))
        {
            position++;
        }
        if (IsAt('0'))
        {
            position++;
        }
        else
        {
            ScanDigits(start);
        }

        if (IsAt('.'))
        {
            position++;
            ScanDigits(start);
        }

        if (IsAt('e') || IsAt('E'))
        {
            position++;
            if (IsAt('+') || IsAt('-'))
            {
                position++;
            }
            ScanDigits(start);
        }

        // A digit after a leading zero, or a word that begins with a number.
        return position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '_' or '.')
            ? throw Error(start, "this is no number that JSON knows")
            : text.Substring(start, position - start);
    }

    private void ScanDigits(int start)
    {
        var first = position;
        while (position < text.Length && text[position] is >= '0' and <= '9')
        {
            position++;
        }
        if (position > first)
        {
            return;
        }
        throw first == start ? Unexpected("a value") : Error(start, "this is no number that JSON knows");
    }

    private void ScanWord(string word)
    {
        var start = Position;
        var end = start + word.Length;
        if (string.CompareOrdinal(text, start, word, 0, word.Length) != 0 || (end < text.Length && char.IsLetterOrDigit(text[end])))
        {
            throw Unexpected("a value");
        }
        position = end;
    }

    private bool IsAt(char sign) => position < text.Length && text[position] == sign;
}
