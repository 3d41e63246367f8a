using System.Globalization;
using System.Text;

namespace DetectorDsl.Generators.Planning.Describing;

/// <summary>Writes JSON for people: members on lines of their own, short lists on one line.</summary>
internal sealed class JsonText
{
    private const string Step = "  ";
    private const string Separator = ", ";
    private const int Width = 120;

    private readonly StringBuilder text = new();
    private string indent = "";

    public override string ToString() => text.ToString();

    /// <summary>An object; each member's value is written by its action.</summary>
    public void Object(IEnumerable<(string Name, Action Value)> members) =>
        Block(
            '{',
            '}',
            members.Select<(string Name, Action Value), Action>(member =>
                () =>
                {
                    text.Append(Quoted(member.Name)).Append(": ");
                    member.Value();
                }
            )
        );

    /// <summary>A list whose items are written by actions, each on lines of its own.</summary>
    public void List(IEnumerable<Action> items) => Block('[', ']', items);

    /// <summary>A list of finished values; it goes on in another line where one is full.</summary>
    public void Values(IReadOnlyList<string> items)
    {
        text.Append('[');
        var column = Column();
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                var breaks = column + Separator.Length + items[i].Length > Width;
                text.Append(breaks ? $",\n{indent}{Step}" : Separator);
                column = breaks ? indent.Length + Step.Length : column + Separator.Length;
            }

            text.Append(items[i]);
            column += items[i].Length;
        }

        text.Append(']');
    }

    /// <summary>A finished value.</summary>
    public void Value(string value) => text.Append(value);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Truth(bool value) => value ? "true" : "false";

    public static string Quoted(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in value)
        {
            quoted.Append(
                character switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    < ' ' => "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture),
                    _ => character.ToString(),
                }
            );
        }

        return quoted.Append('"').ToString();
    }

    private void Block(char open, char close, IEnumerable<Action> items)
    {
        var outer = indent;
        indent += Step;
        text.Append(open);
        var separator = "\n";
        foreach (var item in items)
        {
            text.Append(separator).Append(indent);
            item();
            separator = ",\n";
        }

        indent = outer;
        text.Append('\n').Append(indent).Append(close);
    }

    private int Column()
    {
        var column = 0;
        while (column < text.Length && text[text.Length - 1 - column] != '\n')
        {
            column++;
        }
        return column;
    }
}
