using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Parsing;

/// <summary>The first sentence of a doc comment.</summary>
/// <remarks>Read from the text itself: the compiler parses doc comments only where a documentation file is asked for.</remarks>
internal static class Documentation
{
    /// <summary>First sentence on a type, from the first of its parts that has one.</summary>
    public static string OfType(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Select(reference => Summary(reference.GetSyntax(cancellation)))
            .FirstOrDefault(summary => summary.Length > 0)
        ?? "";

    /// <summary>First sentence of the summary, on one line; empty where there is none.</summary>
    public static string Summary(SyntaxNode node) => FirstSentence(Parse(node)?.Element("summary"));

    /// <summary>First sentence on a parameter of the node's.</summary>
    public static string Parameter(SyntaxNode node, string name) =>
        FirstSentence(Parse(node)?.Elements("param").FirstOrDefault(element => (string?)element.Attribute("name") == name));

    private static XElement? Parse(SyntaxNode node)
    {
        var text = new StringBuilder();
        foreach (var trivia in node.GetLeadingTrivia())
        {
            // A comment on one line, or, where doc comments are parsed, the whole of it.
            var full = trivia.ToFullString();
            if (full.IndexOf("///", StringComparison.Ordinal) < 0)
            {
                continue;
            }
            foreach (var line in full.Split('\n'))
            {
                var content = line.Trim();
                if (content.StartsWith("///", StringComparison.Ordinal))
                {
                    text.Append(content, 3, content.Length - 3).Append('\n');
                }
            }
        }

        if (text.Length == 0)
        {
            return null;
        }
        try
        {
            return XElement.Parse($"<doc>{text}</doc>");
        }
        catch (XmlException)
        {
            return null; // The compiler's matter (CS1570).
        }
    }

    private static string FirstSentence(XElement? element)
    {
        if (element is null)
        {
            return "";
        }
        var text = new StringBuilder();
        Append(element, text);
        var words = string.Join(" ", text.ToString().Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        for (
            var end = words.IndexOf(". ", StringComparison.Ordinal);
            end >= 0;
            end = words.IndexOf(". ", end + 1, StringComparison.Ordinal)
        )
        {
            if (EndsSentence(words, end))
            {
                return words.Substring(0, end + 1);
            }
        }

        return words;
    }

    /// <summary>Whether a new sentence follows; "et al. 2019", "e.g. this" and the like go on.</summary>
    private static bool EndsSentence(string words, int stop) =>
        char.IsUpper(words[stop + 2]) && !words.Substring(0, stop).EndsWith(" al", StringComparison.Ordinal);

    private static void Append(XElement element, StringBuilder text)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText words)
            {
                text.Append(words.Value);
            }
            else if (node is XElement child && Reference(child) is { } reference)
            {
                text.Append(reference.Substring(reference.LastIndexOf('.') + 1));
            }
            else if (node is XElement inner)
            {
                Append(inner, text);
            }
        }
    }

    private static string? Reference(XElement element) =>
        element.Nodes().Any()
            ? null
            : (string?)element.Attribute("cref") ?? (string?)element.Attribute("name") ?? (string?)element.Attribute("langword");
}
