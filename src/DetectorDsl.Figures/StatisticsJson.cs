using System.Collections.Immutable;
using System.Text.Json;

namespace DetectorDsl.Figures;

/// <summary>The statistics of a run as JSON.</summary>
/// <remarks>
/// <c>run</c>, <c>heads</c>, and for each of <c>categories</c> its <c>id</c>, <c>name</c>, <c>frequency</c> (r, c, f), <c>instance_count</c>, <c>gradients</c> (for each head
/// <c>positive</c>, and <c>negative</c> and <c>ratio</c> over foreground regions, <c>negative_all</c> and <c>ratio_all</c> over all), <c>objects</c>, <c>accuracy</c>,
/// <c>box_ap</c>, <c>mask_ap</c>; null where unknown.
/// </remarks>
public static class StatisticsJson
{
    /// <summary>Writes them.</summary>
    /// <param name="stream">Receives the text; stays the caller's.</param>
    /// <param name="statistics">The statistics.</param>
    public static void Write(Stream stream, RunStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("run", statistics.Name);
        json.WriteStartArray("heads");
        foreach (var head in statistics.Heads)
        {
            json.WriteStringValue(head);
        }

        json.WriteEndArray();
        json.WriteStartArray("categories");
        foreach (var item in statistics.Classes)
        {
            Write(json, item);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads them.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The statistics.</returns>
    /// <exception cref="FigureException">The file is missing or is none of statistics.</exception>
    public static RunStatistics Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            ImmutableArray<string> heads = [.. root.GetProperty("heads").EnumerateArray().Select(head => head.GetString()!)];
            var classes = root.GetProperty("categories").EnumerateArray().Select(ReadClass).ToImmutableArray();
            return classes.FirstOrDefault(item => !item.Gradients.IsEmpty && item.Gradients.Length != heads.Length) is { } odd
                ? throw new FigureException(
                    $"{path}: category {odd.Id} has gradients of {odd.Gradients.Length} heads, and there are {heads.Length}."
                )
                : new RunStatistics(root.GetProperty("run").GetString()!, heads, classes);
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FigureException($"{path}: no statistics of a run ({exception.Message}). Evaluate the run again.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FigureException($"{path}: cannot be read ({exception.Message}).");
        }
    }

    private static void Write(Utf8JsonWriter json, ClassStatistics item)
    {
        json.WriteStartObject();
        json.WriteNumber("id", item.Id);
        json.WriteString("name", item.Name);
        json.WriteString("frequency", FrequencyLetters.Of(item.Frequency));
        WriteNumber(json, "instance_count", item.Instances);
        json.WriteStartArray("gradients");
        foreach (var gradients in item.Gradients)
        {
            json.WriteStartObject();
            json.WriteNumber("positive", gradients.Positive);
            json.WriteNumber("negative", gradients.Negative);
            json.WriteNumber("ratio", gradients.Ratio);
            json.WriteNumber("negative_all", gradients.NegativeOfAll);
            json.WriteNumber("ratio_all", gradients.RatioOfAll);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteNumber(json, "objects", item.Objects);
        WriteNumber(json, "accuracy", item.Accuracy);
        WriteNumber(json, "box_ap", item.BoxAP);
        WriteNumber(json, "mask_ap", item.MaskAP);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static ClassStatistics ReadClass(JsonElement item) =>
        new(item.GetProperty("id").GetInt32(), item.GetProperty("name").GetString()!)
        {
            Frequency = FrequencyLetters.Parse(item.GetProperty("frequency").GetString()),
            Instances = item.GetProperty("instance_count") is { ValueKind: not JsonValueKind.Null } count ? count.GetInt32() : null,
            Gradients = [.. item.GetProperty("gradients").EnumerateArray().Select(ReadGradients)],
            Objects = item.GetProperty("objects") is { ValueKind: not JsonValueKind.Null } objects ? objects.GetInt32() : null,
            Accuracy = ReadNumber(item, "accuracy"),
            BoxAP = ReadNumber(item, "box_ap"),
            MaskAP = ReadNumber(item, "mask_ap"),
        };

    private static ClassGradients ReadGradients(JsonElement item)
    {
        var (negative, all) = (item.GetProperty("negative").GetDouble(), item.GetProperty("negative_all").GetDouble());
        return new ClassGradients(item.GetProperty("positive").GetDouble(), negative, all - negative);
    }

    private static double? ReadNumber(JsonElement item, string name) =>
        item.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.GetDouble() : null;
}
