using System.Collections.Immutable;
using System.Text.Json;
using DetectorDsl.Annotations;
using DetectorDsl.Evaluation;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>What was found in an image file.</summary>
/// <param name="Id">A number for the image, from 1.</param>
/// <param name="File">The file as it was named.</param>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Height">Its height in pixels.</param>
/// <param name="Results">Its detections, best first.</param>
/// <param name="Problem">Why it could not be read; null otherwise.</param>
internal sealed record FilePrediction(int Id, string File, int Width, int Height, ImmutableArray<DetectionResult> Results, string? Problem);

/// <summary>The file <c>predictions.json</c>: <c>images</c>, <c>categories</c> and <c>annotations</c> as in COCO's annotation files, with a <c>score</c> on each object.</summary>
internal static class PredictionFile
{
    public static void Write(Stream stream, ImmutableArray<Category> categories, IReadOnlyList<FilePrediction> predictions)
    {
        using var json = new Utf8JsonWriter(
            stream,
            new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
        json.WriteStartObject();
        json.WriteStartArray("images");
        foreach (var image in predictions.Where(image => image.Problem is null))
        {
            json.WriteStartObject();
            json.WriteNumber("id", image.Id);
            json.WriteString("file_name", image.File);
            json.WriteNumber("width", image.Width);
            json.WriteNumber("height", image.Height);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("categories");
        foreach (var category in categories)
        {
            json.WriteStartObject();
            json.WriteNumber("id", category.Id);
            json.WriteString("name", category.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("annotations");
        var id = 0;
        foreach (var result in predictions.SelectMany(image => image.Results))
        {
            Write(json, result, ++id);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DetectionResult result, int id)
    {
        var box = result.Box!.Value;
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("image_id", result.ImageId);
        json.WriteNumber("category_id", result.CategoryId);
        json.WriteNumber("score", result.Score);
        json.WriteStartArray("bbox");
        foreach (var number in (ReadOnlySpan<double>)[box.X, box.Y, box.Width, box.Height])
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
        json.WriteNumber("area", result.Mask?.Area ?? box.Area);
        if (result.Mask is { } mask)
        {
            new RleSegmentation(mask).Write(json);
        }

        json.WriteEndObject();
    }
}
