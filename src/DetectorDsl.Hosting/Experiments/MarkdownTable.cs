using System.Text;

namespace DetectorDsl.Hosting.Experiments;

/// <summary>A table as Markdown: the first column to the left, the others to the right.</summary>
public static class MarkdownTable
{
    /// <summary>Writes a table.</summary>
    /// <param name="header">Titles of the columns.</param>
    /// <param name="rows">Cells, as many in each row as there are titles.</param>
    /// <returns>Lines, each with its end.</returns>
    /// <exception cref="ArgumentException">A row has another number of cells.</exception>
    public static string Of(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(rows);
        var text = new StringBuilder();
        Line(text, header);
        Line(text, [.. header.Select((_, column) => column == 0 ? "---" : "---:")]);
        foreach (var row in rows)
        {
            if (row.Count != header.Count)
            {
                throw new ArgumentException(
                    $"A row of {row.Count} cells does not fit {header.Count} columns: {string.Join(", ", row)}.",
                    nameof(rows)
                );
            }

            Line(text, row);
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
}
