using System.Globalization;
using DetectorDsl.Weights;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>What became of each tensor of a weights file, for a person: counts by part of the model, then names and remarks.</summary>
internal static class LoadTable
{
    private const int MostNames = 12;

    /// <summary>The table and what follows it, line by line.</summary>
    public static IEnumerable<string> Lines(string path, LoadReport report) =>
        [
            .. Counts(path, report).Lines(),
            .. Names("of another shape", report.Resized.Select(difference => difference.ToString())),
            .. Names("missing from the file", report.Missing),
            .. Names("unexpected in the file", report.Unexpected),
            .. report.Remarks,
        ];

    private static TextTable Counts(string path, LoadReport report)
    {
        IReadOnlyList<string>[] columns =
        [
            report.Loaded,
            [.. report.Resized.Select(difference => difference.Name)],
            report.Missing,
            report.Unexpected,
        ];
        var parts = columns.SelectMany(names => names).Select(PartOf).Distinct();
        return new TextTable(
            report.Naming.Length > 0 ? $"{path}: {report.Naming}" : path,
            ["part", "loaded", "other shape", "missing", "unexpected"],
            [
                .. parts.Select(part => Row(part, columns.Select(names => names.Count(name => PartOf(name) == part)))),
                Row("in all", columns.Select(names => names.Count)),
            ]
        );

        static System.Collections.Immutable.ImmutableArray<string> Row(string title, IEnumerable<int> counts) =>
            [title, .. counts.Select(count => count.ToString(CultureInfo.InvariantCulture))];
    }

    private static IEnumerable<string> Names(string title, IEnumerable<string> names)
    {
        var all = names.ToList();
        return
        [
            .. all.Take(MostNames).Select(name => $"{title}: {name}"),
            .. all.Count > MostNames ? [$"{title}: {all.Count - MostNames} more"] : Array.Empty<string>(),
        ];
    }

    private static string PartOf(string name) => name.Split('.', 2)[0];
}
