using System.Globalization;

namespace DetectorDsl.Generators.Categories;

/// <summary>
/// Reads JSON (RFC 8259, nothing beyond it) from front to back, without building a tree: a category list may be a small part of a large file.
/// </summary>
/// <remarks>A reader of our own, since a host of the compiler need not have System.Text.Json in the version that this assembly would name.</remarks>
internal sealed partial class JsonReader(string text, CancellationToken cancellationToken = default)
{
    private const int DepthLimit = 128;

    private int position;
    private int depth;

    /// <summary>Where the next value or sign begins, for <see cref="Error" />.</summary>
    public int Position
    {
        get
        {
            SkipBlanks();
            return position;
        }
    }

    /// <summary>The first character of the next value or sign; 0 at the end.</summary>
    public char Peek()
    {
        SkipBlanks();
        return position < text.Length ? text[position] : '\0';
    }

    /// <summary>Reads an object; the action is called at each value, which it must read, with the name of its property.</summary>
    public void ReadObject(Action<string> readProperty)
    {
        Open('{', "an object");
        if (!TryTake('}'))
        {
            do
            {
                if (Peek() != '"')
                {
                    throw Unexpected("the name of a property");
                }
                var name = ReadString();
                Take(':');
                readProperty(name);
            } while (TryTake(','));
            Take('}', "',' or '}'");
        }

        depth--;
    }

    /// <summary>Reads an array; the action is called at each value, which it must read.</summary>
    public void ReadArray(Action readItem)
    {
        Open('[', "a list");
        if (!TryTake(']'))
        {
            do readItem();
            while (TryTake(','));
            Take(']', "',' or ']'");
        }

        depth--;
    }

    /// <summary>Reads a whole number that fits an <c>int</c>.</summary>
    public int ReadInteger()
    {
        var start = Position;
        var number = ScanNumber();
        return int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Error(start, $"{number} is not a whole number of 32 bits");
    }

    /// <summary>Reads <c>null</c> if it is there.</summary>
    public bool TryReadNull()
    {
        if (Peek() != 'n')
        {
            return false;
        }
        ScanWord("null");
        return true;
    }

    /// <summary>Reads any value, and checks it.</summary>
    public void Skip()
    {
        switch (Peek())
        {
            case '{':
                ReadObject(_ => Skip());
                break;
            case '[':
                ReadArray(Skip);
                break;
            case '"':
                ReadString();
                break;
            case 't':
                ScanWord("true");
                break;
            case 'f':
                ScanWord("false");
                break;
            case 'n':
                ScanWord("null");
                break;
            default:
                ScanNumber();
                break;
        }
    }

    /// <summary>Makes sure that nothing follows.</summary>
    public void ReadEnd()
    {
        if (Peek() != '\0' || position < text.Length)
        {
            throw Unexpected("the end of the text");
        }
    }

    public JsonFormatException Unexpected(string expected) =>
        Error(
            Position,
            position < text.Length ? $"expected {expected}, found '{text[position]}'" : $"expected {expected}, but the text ends"
        );

    /// <summary>An error at a <see cref="Position" />. Lines are counted only now: counted for every value, a long list would take its time squared.</summary>
    public JsonFormatException Error(int at, string message) => new($"{PlaceOf(at)}: {message}");

    private string PlaceOf(int at)
    {
        var (line, start) = (1, 0);
        for (var i = 0; i < at; i++)
        {
            if (text[i] == '\n')
            {
                (line, start) = (line + 1, i + 1);
            }
        }

        return string.Format(CultureInfo.InvariantCulture, "line {0}, column {1}", line, at - start + 1);
    }

    private void SkipBlanks()
    {
        while (position < text.Length && text[position] is ' ' or '\t' or '\n' or '\r')
        {
            position++;
        }
    }

    private void Open(char sign, string what)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Peek() != sign)
        {
            throw Unexpected(what);
        }
        if (++depth > DepthLimit)
        {
            throw Error(position, $"values are nested more than {DepthLimit} deep");
        }
        position++;
    }

    private bool TryTake(char sign)
    {
        if (Peek() != sign)
        {
            return false;
        }
        position++;
        return true;
    }

    private void Take(char sign, string? expected = null)
    {
        if (!TryTake(sign))
        {
            throw Unexpected(expected ?? $"'{sign}'");
        }
    }
}
