using System.Text;

namespace DetectorDsl.Generators.Rendering;

/// <summary>Breaks the long lines of generated code where a person would: after the arrow of a member, else at the items of the widest brackets.</summary>
/// <remarks>Comments, and texts that go over several lines, stay as they are.</remarks>
internal static class CodeLayout
{
    private const int Width = 140;
    private const string Step = "    ";
    private const string Arrow = " => ";
    private const string RawQuotes = "\"\"\"";

    /// <summary>Breaks lines of more than 140 characters.</summary>
    public static string Wrap(string code)
    {
        var lines = new List<string>();
        var isRaw = false;
        foreach (var line in code.Split('\n'))
        {
            var hasQuotes = line.Contains(RawQuotes);
            if (isRaw || hasQuotes)
            {
                lines.Add(line);
            }
            else
            {
                Add(line, lines);
            }
            isRaw ^= hasQuotes;
        }

        return string.Join("\n", lines);
    }

    private static void Add(string line, List<string> lines)
    {
        var indent = line.Substring(0, line.Length - line.TrimStart().Length);
        if (line.Length <= Width || line.TrimStart().StartsWith("//", StringComparison.Ordinal))
        {
            lines.Add(line);
        }
        else if (CodeBrackets.Find(line, Arrow, indent.Length) is > 0 and var arrow)
        {
            Add(lines, line.Substring(0, arrow + Arrow.Length).TrimEnd(), indent + Step + line.Substring(arrow + Arrow.Length));
        }
        else if (CodeBrackets.Widest(line) is { } group)
        {
            Open(line, indent, group, lines);
        }
        else
        {
            lines.Add(line);
        }
    }

    private static void Add(List<string> lines, params IEnumerable<string> parts)
    {
        foreach (var part in parts)
        {
            Add(part, lines);
        }
    }

    // Round brackets close behind their last item, square ones on a line of their own.
    private static void Open(string line, string indent, CodeBrackets.Group group, List<string> lines)
    {
        var items = group.Items.Select(item => indent + Step + item).ToList();
        var tail = line.Substring(group.End);
        var last = items.Count - 1;
        for (var i = 0; i < last; i++)
        {
            items[i] += ",";
        }

        var head = line.Substring(0, group.Start + 1);
        if (group.IsList)
        {
            var before = head.Substring(0, head.Length - 1).TrimEnd();
            if (before.Length > 0)
            {
                lines.Add(before);
            }
            lines.Add(indent + "[");
            items[last] += ",";
            Add(lines, items);
            lines.Add(indent + tail);
        }
        else
        {
            lines.Add(head);
            items[last] += tail;
            Add(lines, items);
        }
    }
}
