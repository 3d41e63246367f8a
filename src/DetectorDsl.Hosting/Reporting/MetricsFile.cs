using System.Text.Json;
using DetectorDsl.Evaluation.Reporting;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Training.Evaluating;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>The file <c>metrics.json</c>: what was evaluated, how long everything took, values of boxes and masks, -1 where there is nothing to average.</summary>
internal static class MetricsFile
{
    public static void Write(
        Stream stream,
        DetectorTrainer trainer,
        string checkpoint,
        IEnumerable<(string Phase, double Seconds)> seconds,
        EvaluationOutcome outcome
    )
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("detector", trainer.Name);
        json.WriteString("configuration_hash", trainer.ConfigurationHash);
        json.WriteString("checkpoint", Path.GetFileName(checkpoint));
        json.WriteStartObject("seconds");
        foreach (var (phase, time) in seconds)
        {
            json.WriteNumber(phase, Math.Round(time, 3));
        }

        json.WriteEndObject();
        json.WritePropertyName("boxes");
        ReportJson.Write(json, outcome.Boxes);
        if (outcome.Masks is { } masks)
        {
            json.WritePropertyName("masks");
            ReportJson.Write(json, masks);
        }

        json.WriteStartArray("unreadable_images");
        foreach (var problem in outcome.Problems)
        {
            json.WriteStringValue(problem);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
