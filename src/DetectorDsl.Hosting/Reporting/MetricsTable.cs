using System.Globalization;
using DetectorDsl.Evaluation.Reporting;
using DetectorDsl.Training.Evaluating;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>The values of an evaluation as a table, in percent.</summary>
internal static class MetricsTable
{
    public static TextTable Of(EvaluationOutcome outcome)
    {
        EvaluationReport[] reports = outcome.Masks is { } masks ? [outcome.Boxes, masks] : [outcome.Boxes];
        var counts = outcome.Boxes.Counts;
        return new TextTable(
            string.Join(
                ' ',
                [
                    $"{outcome.Boxes.Rules} rules: {counts.Images} images, {counts.Instances} objects, {counts.Detections} detections",
                    .. reports[^1].Truth.Lines(),
                ]
            ),
            ["", .. reports.Select(Title)],
            [
                .. outcome.Boxes.Metrics.Select(
                    (metric, i) =>
                        (System.Collections.Immutable.ImmutableArray<string>)
                            [metric.Name, .. reports.Select(report => Percent(report.Metrics[i].Value))]
                ),
            ]
        );
    }

    private static string Title(EvaluationReport report) => report.IouType == Evaluation.IouType.Masks.Name ? "masks" : "boxes";

    private static string Percent(double value) => value < 0 ? "-" : (100 * value).ToString("F1", CultureInfo.InvariantCulture);
}
