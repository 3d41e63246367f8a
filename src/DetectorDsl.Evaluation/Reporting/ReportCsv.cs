using System.Globalization;

namespace DetectorDsl.Evaluation.Reporting;

/// <summary>The categories of a report as comma-separated values.</summary>
public static class ReportCsv
{
    /// <summary>
    /// Writes a heading and one line a category: id, name, frequency, images and instances of training (empty where the annotations state none),
    /// objects and detections of the evaluation, AP, AP50, AP75, AR with all their digits (empty where there is nothing to average).
    /// </summary>
    /// <param name="writer">Receives the lines.</param>
    /// <param name="report">The report.</param>
    public static void Write(TextWriter writer, EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(report);
        writer.Write("id,name,frequency,training_images,training_instances,instances,detections,AP,AP50,AP75,AR\n");
        foreach (var category in report.Categories)
        {
            writer.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{category.Id},{Quote(category.Name)},{ReportTable.Group(category.Frequency)},{category.TrainingImages},{category.TrainingInstances},{category.Instances},{category.Detections},{Value(category.AP)},{Value(category.AP50)},{Value(category.AP75)},{Value(category.AR)}\n"
                )
            );
        }
    }

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Value(double value) => value < 0 ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
