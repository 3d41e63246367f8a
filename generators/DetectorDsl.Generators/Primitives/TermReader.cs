using System.Text;

namespace DetectorDsl.Generators.Primitives;

/// <summary>Reads terms from text.</summary>
internal sealed class TermReader(string text)
{
    /// <summary>Deeper nesting than any declaration has; a bound, so that a spoilt text cannot exhaust the stack.</summary>
    private const int MaximumDepth = 200;

    private int position;

    /// <summary>Whether a character needs no quotes.</summary>
    public static bool IsPlain(char character) => character > ' ' && character is not ('(' or ')' or '\'' or '\\');

    /// <summary>Reads the one term that the text consists of.</summary>
    public Term ReadWhole()
    {
        var term = Read(0);
        SkipSpace();
        return position == text.Length ? term : throw Error("the end");
    }

    private Term Read(int depth)
    {
        SkipSpace();
        if (position == text.Length || depth > MaximumDepth)
        {
            throw Error("a term");
        }
        return text[position] switch
        {
            '(' => ReadList(depth),
            '\'' => ReadQuoted(),
            _ => ReadPlain(),
        };
    }

    private Term ReadList(int depth)
    {
        var items = new List<Term>();
        position++;
        for (SkipSpace(); position < text.Length; SkipSpace())
        {
            if (text[position] == ')')
            {
                position++;
                return Term.List(items);
            }

            items.Add(Read(depth + 1));
        }

        throw Error("')'");
    }

    private Term ReadQuoted()
    {
        var atom = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            if (text[position] == '\'')
            {
                position++;
                return Term.Of(atom.ToString());
            }

            if (text[position] == '\\' && ++position == text.Length)
            {
                break;
            }
            atom.Append(text[position]);
        }

        throw Error("a closing quote");
    }

    private Term ReadPlain()
    {
        var start = position;
        while (position < text.Length && IsPlain(text[position]))
        {
            position++;
        }
        return position > start ? Term.Of(text.Substring(start, position - start)) : throw Error("a term");
    }

    private void SkipSpace()
    {
        while (position < text.Length && text[position] <= ' ')
        {
            position++;
        }
    }

    private FormatException Error(string expected) => new($"{expected} was expected at position {position}");
}
