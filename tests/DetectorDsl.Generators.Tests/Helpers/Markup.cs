using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace DetectorDsl.Generators.Tests.Helpers;

/// <summary>A source with marks for the diagnostics that it must raise: <c>{|DDSL0001:text|}</c>. Marks may be nested.</summary>
internal sealed record Markup(string Text, IReadOnlyList<(string Id, TextSpan Span)> Marks)
{
    private static readonly Regex Sign = new(@"\{\|(?<id>[A-Z]+[0-9]+):|(?<end>\|\})");

    public static Markup Parse(string source)
    {
        var text = new StringBuilder();
        var open = new Stack<(string Id, int Start)>();
        var marks = new List<(string, TextSpan)>();
        var read = 0;
        foreach (Match sign in Sign.Matches(source))
        {
            text.Append(source, read, sign.Index - read);
            read = sign.Index + sign.Length;
            if (sign.Groups["id"].Success)
            {
                open.Push((sign.Groups["id"].Value, text.Length));
            }
            else
            {
                var (id, start) =
                    open.Count > 0 ? open.Pop() : throw new FormatException($"The mark that ends at {sign.Index} never began.");
                marks.Add((id, TextSpan.FromBounds(start, text.Length)));
            }
        }

        if (open.Count > 0)
        {
            throw new FormatException($"The mark {open.Peek().Id} does not end.");
        }
        return new Markup(text.Append(source, read, source.Length - read).ToString(), marks);
    }
}
