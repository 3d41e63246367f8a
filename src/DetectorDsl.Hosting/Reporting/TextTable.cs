using System.Collections.Immutable;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>A table for a person: the first column names, the others hold numbers.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Headers">Heads of the columns.</param>
/// <param name="Rows">Cells, as many as heads.</param>
internal sealed record TextTable(string Title, ImmutableArray<string> Headers, ImmutableArray<ImmutableArray<string>> Rows)
{
    /// <summary>The table as lines with aligned columns.</summary>
    public IEnumerable<string> Lines()
    {
        var widths = Headers.Select((header, column) => Rows.Select(row => row[column].Length).Append(header.Length).Max()).ToArray();
        yield return Title;
        yield return Aligned(Headers, widths);
        foreach (var row in Rows)
        {
            yield return Aligned(row, widths);
        }
    }

    private static string Aligned(ImmutableArray<string> cells, int[] widths) =>
        "  "
        + string.Join("  ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))
            .TrimEnd();
}
