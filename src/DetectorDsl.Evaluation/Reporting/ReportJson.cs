using System.Text.Json;

namespace DetectorDsl.Evaluation.Reporting;

/// <summary>A report as JSON, numbers with all their digits.</summary>
public static class ReportJson
{
    /// <summary>Writes an object with <c>rules</c>, <c>iou_type</c>, <c>counts</c>, <c>truth</c> (what was met among the annotations), <c>metrics</c> (an object by name) and <c>categories</c> (a list).</summary>
    /// <param name="stream">Receives the JSON.</param>
    /// <param name="report">The report.</param>
    public static void Write(Stream stream, EvaluationReport report)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        Write(json, report);
    }

    /// <summary>Writes the same object as part of a larger document.</summary>
    /// <param name="json">Receives the object.</param>
    /// <param name="report">The report.</param>
    public static void Write(Utf8JsonWriter json, EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(report);
        json.WriteStartObject();
        json.WriteString("rules", report.Rules);
        json.WriteString("iou_type", report.IouType);
        json.WriteStartObject("counts");
        json.WriteNumber("images", report.Counts.Images);
        json.WriteNumber("instances", report.Counts.Instances);
        json.WriteNumber("detections", report.Counts.Detections);
        json.WriteNumber("counted", report.Counts.Counted);
        json.WriteNumber("unknown_category", report.Counts.UnknownCategory);
        json.WriteEndObject();
        json.WriteStartObject("truth");
        json.WriteNumber("unusable_boxes", report.Truth.UnusableBoxes);
        json.WriteNumber("without_mask", report.Truth.WithoutMask);
        json.WriteNumber("renumbered", report.Truth.Renumbered);
        json.WriteNumber("left_out", report.Truth.LeftOut);
        json.WriteBoolean("has_id_zero", report.Truth.HasIdZero);
        json.WriteNumber("ignored_that_count", report.Truth.IgnoredThatCount);
        json.WriteEndObject();
        json.WriteStartObject("metrics");
        foreach (var metric in report.Metrics)
        {
            json.WriteNumber(metric.Name, metric.Value);
        }

        json.WriteEndObject();
        json.WriteStartArray("categories");
        foreach (var category in report.Categories)
        {
            Write(json, category);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CategoryResult category)
    {
        json.WriteStartObject();
        json.WriteNumber("id", category.Id);
        json.WriteString("name", category.Name);
        if (category.Frequency is not null)
        {
            json.WriteString("frequency", ReportTable.Group(category.Frequency));
        }

        json.WriteNumber("instances", category.Instances);
        json.WriteNumber("detections", category.Detections);
        json.WriteNumber("AP", category.AP);
        json.WriteNumber("AP50", category.AP50);
        json.WriteNumber("AP75", category.AP75);
        json.WriteNumber("AR", category.AR);
        json.WriteEndObject();
    }
}
