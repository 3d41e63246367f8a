using System.Text.Json;
using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Results;

/// <summary>Writes results files in COCO's format.</summary>
public static class ResultsWriter
{
    private const int FlushLength = 1 << 16;

    /// <summary>Writes boxes, and masks where detections have them.</summary>
    /// <param name="stream">Receives the JSON.</param>
    /// <param name="results">The detections.</param>
    public static void Write(Stream stream, IEnumerable<DetectionResult> results) =>
        Write(stream, results, withBoxes: true, withMasks: true);

    /// <summary>Writes boxes alone.</summary>
    /// <param name="stream">Receives the JSON.</param>
    /// <param name="results">The detections.</param>
    public static void WriteBoxes(Stream stream, IEnumerable<DetectionResult> results) =>
        Write(stream, results, withBoxes: true, withMasks: false);

    /// <summary>
    /// Writes masks alone, as LVIS's evaluation server asks for: with boxes beside them, sizes would be those of the boxes.
    /// </summary>
    /// <param name="stream">Receives the JSON.</param>
    /// <param name="results">The detections; each has a mask.</param>
    /// <exception cref="AnnotationException">A detection has no mask.</exception>
    public static void WriteMasks(Stream stream, IEnumerable<DetectionResult> results) =>
        Write(stream, results, withBoxes: false, withMasks: true);

    private static void Write(Stream stream, IEnumerable<DetectionResult> results, bool withBoxes, bool withMasks)
    {
        ArgumentNullException.ThrowIfNull(results);
        using var json = new Utf8JsonWriter(
            stream,
            new JsonWriterOptions { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
        json.WriteStartArray();
        var entry = 0L;
        foreach (var result in results)
        {
            Write(json, result, entry++, withBoxes, withMasks);
            if (json.BytesPending > FlushLength)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, in DetectionResult result, long entry, bool withBoxes, bool withMasks)
    {
        json.WriteStartObject();
        json.WriteNumber("image_id", result.ImageId);
        json.WriteNumber("category_id", result.CategoryId);
        if (withBoxes && (result.Box ?? result.Mask?.Bounds) is { } box)
        {
            json.WriteStartArray("bbox");
            json.WriteNumberValue(box.X);
            json.WriteNumberValue(box.Y);
            json.WriteNumberValue(box.Width);
            json.WriteNumberValue(box.Height);
            json.WriteEndArray();
        }

        json.WriteNumber("score", result.Score);
        if (withMasks && result.Mask is { } mask)
        {
            new RleSegmentation(mask).Write(json);
        }
        else if (!withBoxes)
        {
            throw new AnnotationException(
                $"Detection {entry} (image {result.ImageId}, category {result.CategoryId}) has no mask, and masks alone were to be written."
            );
        }

        json.WriteEndObject();
    }
}
