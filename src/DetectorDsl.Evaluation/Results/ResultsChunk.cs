using System.Text.Json;
using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Results;

/// <summary>What was read of a piece of a results file.</summary>
/// <param name="Results">Its detections up to its end or its first error.</param>
/// <param name="Error">The error that ended it; null where there was none.</param>
/// <param name="IsComplete">Whether the piece ends between two entries.</param>
internal sealed record ResultsChunk(List<DetectionResult> Results, string? Error, bool IsComplete)
{
    /// <summary>Reads a piece: a list's opening bracket, entries, and in the last piece the closing bracket.</summary>
    /// <param name="bytes">The piece.</param>
    /// <param name="isLast">Whether it is the file's last.</param>
    /// <param name="converter">Makes detections of entries.</param>
    /// <returns>What was read.</returns>
    public static ResultsChunk Read(ReadOnlySpan<byte> bytes, bool isLast, ResultConverter converter)
    {
        var results = new List<DetectionResult>();
        var entry = new ResultEntry();
        var reader = new Utf8JsonReader(bytes, isLast, default);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                return new ResultsChunk(results, "not a list of results (a COCO results file is a JSON list of objects with image_id, category_id, score, and bbox or segmentation)", true);
            }

            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.EndArray)
                {
                    // Whatever follows is refused by the reader.
                    reader.Read();
                    return new ResultsChunk(results, null, true);
                }

                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    return new ResultsChunk(results, "an object is needed", true);
                }

                if (!EntryReader.TryRead(ref reader, entry))
                {
                    return new ResultsChunk(results, null, false);
                }

                results.Add(converter.Convert(entry));
            }

            return new ResultsChunk(results, null, !isLast);
        }
        catch (AnnotationException exception)
        {
            return new ResultsChunk(results, exception.Message.TrimEnd('.'), true);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return new ResultsChunk(results, $"no valid JSON: the file is damaged or cut off; write it again ({exception.Message})", true);
        }
    }
}
