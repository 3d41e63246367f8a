using System.Globalization;
using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Reporting;

/// <summary>A report as lines of text.</summary>
public static class ReportTable
{
    /// <summary>The summary: values in percent, <c>-</c> where there is nothing to average.</summary>
    /// <param name="report">The report.</param>
    /// <returns>A heading, what is to be known of the annotations, the names, the values.</returns>
    public static IEnumerable<string> Summary(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var counts = report.Counts;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{report.IouType}, {report.Rules} rules: {counts.Images} images, {counts.Instances} objects, {counts.Detections} detections ({counts.Counted} counted)"
        );
        if (counts.UnknownCategory > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{counts.UnknownCategory} detections are of categories that the annotations do not know; they were left out."
            );
        }

        foreach (var remark in report.Truth.Lines())
        {
            yield return remark;
        }

        yield return string.Concat(report.Metrics.Select(metric => metric.Name.PadLeft(Width(metric))));
        yield return string.Concat(report.Metrics.Select(metric => Percent(metric.Value).PadLeft(Width(metric))));
    }

    /// <summary>One line a category that has objects, the best first: name, group, objects, detections, AP, AP50, AR.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The lines.</returns>
    public static IEnumerable<string> Categories(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var rows = report
            .Categories.Where(category => category.Instances > 0)
            .OrderByDescending(category => category.AP)
            .ThenBy(category => category.Id)
            .ToList();
        var width = rows.Select(category => category.Name.Length).Append("category".Length).Max();
        yield return $"{"category".PadRight(width)} group objects detections    AP  AP50    AR";
        foreach (var row in rows)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Name.PadRight(width)} {Group(row.Frequency), 5} {row.Instances, 7} {row.Detections, 10} {Percent(row.AP), 5} {Percent(row.AP50), 5} {Percent(row.AR), 5}"
            );
        }
    }

    internal static string Group(CategoryFrequency? frequency) =>
        frequency switch
        {
            CategoryFrequency.Rare => "r",
            CategoryFrequency.Common => "c",
            CategoryFrequency.Frequent => "f",
            _ => "",
        };

    private static int Width(Metric metric) => Math.Max(6, metric.Name.Length + 2);

    private static string Percent(double value) => value < 0 ? "-" : (100 * value).ToString("F1", CultureInfo.InvariantCulture);
}
