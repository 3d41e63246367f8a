using System.Text;

namespace DetectorDsl.Generators.Primitives;

/// <summary>A text tree: an atom, or a list of terms in parentheses. What published definitions are written in.</summary>
internal sealed class Term
{
    private Term(string? atom, IReadOnlyList<Term> items)
    {
        Atom = atom;
        Items = items;
    }

    /// <summary>The text of an atom; null for a list.</summary>
    public string? Atom { get; }

    /// <summary>The items of a list; none for an atom.</summary>
    public IReadOnlyList<Term> Items { get; }

    public static Term Of(string atom) => new(atom, []);

    public static Term List(params IEnumerable<Term> items) => new(null, [.. items]);

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    /// <summary>Reads one term.</summary>
    /// <exception cref="FormatException">The text is no term, or more than one.</exception>
    public static Term Parse(string text) => new TermReader(text).ReadWhole();

    private void Write(StringBuilder text)
    {
        if (Atom is not null)
        {
            WriteAtom(text, Atom);
            return;
        }

        text.Append('(');
        for (var i = 0; i < Items.Count; i++)
        {
            if (i > 0)
            {
                text.Append(' ');
            }
            Items[i].Write(text);
        }

        text.Append(')');
    }

    private static void WriteAtom(StringBuilder text, string atom)
    {
        if (atom.Length > 0 && atom.All(TermReader.IsPlain))
        {
            text.Append(atom);
            return;
        }

        text.Append('\'');
        foreach (var character in atom)
        {
            if (character is '\'' or '\\')
            {
                text.Append('\\');
            }
            text.Append(character);
        }

        text.Append('\'');
    }
}
