using System.Text.Json;
using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Results;

/// <summary>What was read of a piece of a results file.</summary>
/// <typeparam name="T">What becomes of a piece's detections.</typeparam>
/// <param name="Results">The detections up to the piece's end or its first error.</param>
/// <param name="Error">The error that ended it; null where there was none.</param>
/// <param name="IsComplete">Whether the piece ends between two entries.</param>
internal sealed record ResultsChunk<T>(T Results, string? Error, bool IsComplete)
    where T : class, IDetectionSink
{
    /// <summary>Reads a piece: a list's opening bracket, entries, and in the last piece the closing bracket.</summary>
    /// <param name="bytes">The piece.</param>
    /// <param name="isLast">Whether it is the file's last.</param>
    /// <param name="converter">Makes detections of entries.</param>
    /// <param name="results">Empty; takes the detections.</param>
    /// <returns>What was read.</returns>
    public static ResultsChunk<T> Read(ReadOnlySpan<byte> bytes, bool isLast, ResultConverter converter, T results)
    {
        try
        {
            return new ResultsChunk<T>(results, null, ReadEntries(bytes, isLast, converter, results));
        }
        catch (AnnotationException exception)
        {
            return new ResultsChunk<T>(results, exception.Message.TrimEnd('.'), true);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return new ResultsChunk<T>(results, $"no valid JSON: {exception.Message}", true);
        }
    }

    private static bool ReadEntries(ReadOnlySpan<byte> bytes, bool isLast, ResultConverter converter, T results)
    {
        var position = SkipBlanks(bytes, 0);
        if (position == bytes.Length || bytes[position] != '[')
        {
            throw new AnnotationException(
                position < bytes.Length && bytes[position] == '{'
                    ? "a JSON object, not a list of results; an annotation file is of that form: name it with --annotations, and with --results the list of detections"
                    : "not a list of results (a COCO results file is a JSON list of objects with image_id, category_id, score, and bbox or segmentation)"
            );
        }

        var entry = new ResultEntry();
        position = SkipBlanks(bytes, position + 1);
        if (position < bytes.Length && bytes[position] == ']')
        {
            return End(bytes, position);
        }

        while (true)
        {
            if (position < bytes.Length && bytes[position] == '{')
            {
                var scanner = new EntryScanner(bytes, position);
                if (scanner.TryRead(entry))
                {
                    position = scanner.Position;
                }
                else
                {
                    var reader = new Utf8JsonReader(bytes[position..], isLast, default);
                    try
                    {
                        reader.Read();
                        if (!EntryReader.TryRead(ref reader, entry))
                        {
                            return false;
                        }
                    }
                    catch (JsonException) when (PythonWords.Next(bytes[(position + (int)reader.BytesConsumed)..]) is not null)
                    {
                        var word = PythonWords.Next(bytes[(position + (int)reader.BytesConsumed)..]);
                        throw new AnnotationException(
                            $"it holds {word}, which is no number; look for what went wrong in the detector, and leave such detections out"
                        );
                    }

                    position += (int)reader.BytesConsumed;
                }

                results.Add(converter.Convert(entry));
            }
            else if (position < bytes.Length)
            {
                throw new AnnotationException($"no valid JSON: an object is needed, not '{(char)bytes[position]}'");
            }
            else
            {
                return isLast ? throw CutOff() : false;
            }

            position = SkipBlanks(bytes, position);
            if (position == bytes.Length)
            {
                return isLast ? throw CutOff() : true;
            }

            if (bytes[position] == ']')
            {
                return End(bytes, position);
            }

            if (bytes[position] != ',')
            {
                throw new AnnotationException(
                    $"no valid JSON: a comma or the end of the list is needed before it, not '{(char)bytes[position]}'"
                );
            }

            position = SkipBlanks(bytes, position + 1);
        }

        static bool End(ReadOnlySpan<byte> bytes, int position) =>
            SkipBlanks(bytes, position + 1) == bytes.Length
                ? true
                : throw new AnnotationException("no valid JSON: the file goes on behind the end of its list");
    }

    private static AnnotationException CutOff() => new("no valid JSON: the file ends here; it is cut off, write it again");

    private static int SkipBlanks(ReadOnlySpan<byte> bytes, int position)
    {
        while (position < bytes.Length && bytes[position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            position++;
        }

        return position;
    }
}
