using System.Text.Json;
using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Results;

/// <summary>Reads the members of one entry. The reader stands on the opening brace and is left on the closing one, or runs out of data.</summary>
internal static class EntryReader
{
    /// <returns>False where the data end within the entry.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, ResultEntry entry)
    {
        entry.Clear();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return true;
            }

            if (!TryReadMember(ref reader, entry))
            {
                return false;
            }
        }

        return false;
    }

    private static bool TryReadMember(ref Utf8JsonReader reader, ResultEntry entry)
    {
        if (reader.ValueTextEquals("image_id"u8))
        {
            if (!reader.Read())
            {
                return false;
            }
            entry.ImageWord = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            entry.ImageId = entry.ImageWord is null ? Integer(ref reader, "image_id") : null;
        }
        else if (reader.ValueTextEquals("category_id"u8))
        {
            if (!reader.Read())
            {
                return false;
            }
            entry.CategoryWord = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            entry.CategoryId = entry.CategoryWord is null ? Integer(ref reader, "category_id") : null;
        }
        else if (reader.ValueTextEquals("score"u8))
        {
            if (!reader.Read())
            {
                return false;
            }
            entry.Score = Number(ref reader, "score");
        }
        else if (reader.ValueTextEquals("bbox"u8))
        {
            return reader.Read() && TryReadBox(ref reader, entry);
        }
        else if (reader.ValueTextEquals("segmentation"u8))
        {
            return reader.Read() && TryReadSegmentation(ref reader, entry);
        }
        else
        {
            return reader.TrySkip();
        }

        return true;
    }

    private static bool TryReadBox(ref Utf8JsonReader reader, ResultEntry entry)
    {
        entry.ClearBox();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        Expect(ref reader, JsonTokenType.StartArray, "'bbox' needs to be a list of four numbers: left, top, width, height");
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return entry.BoxLength is 0 or 4
                    ? true
                    : throw new AnnotationException($"'bbox' has {entry.BoxLength} numbers; left, top, width, height are needed");
            }

            entry.AddToBox(Number(ref reader, "bbox"));
        }

        return false;
    }

    private static bool TryReadSegmentation(ref Utf8JsonReader reader, ResultEntry entry)
    {
        entry.ClearMask();
        return reader.TokenType switch
        {
            JsonTokenType.Null => true,
            JsonTokenType.StartArray => TryReadRings(ref reader, entry),
            JsonTokenType.StartObject => TryReadMask(ref reader, entry),
            _ => throw new AnnotationException(
                "'segmentation' needs to be run lengths (an object with 'size' and 'counts') or a list of polygons"
            ),
        };
    }

    private static bool TryReadRings(ref Utf8JsonReader reader, ResultEntry entry)
    {
        var numbers = new List<double>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.EndArray when reader.CurrentDepth == 1:
                    return true;
                case JsonTokenType.EndArray when numbers.Count >= 6 && numbers.Count % 2 == 0:
                    entry.Rings.Add([.. numbers]);
                    break;
                case JsonTokenType.EndArray:
                    throw new AnnotationException(
                        $"a polygon has {numbers.Count} numbers; at least three points of two numbers each are needed"
                    );
                case JsonTokenType.StartArray when reader.CurrentDepth == 2:
                    numbers.Clear();
                    break;
                case JsonTokenType.Number when reader.CurrentDepth == 3:
                    numbers.Add(Number(ref reader, "segmentation"));
                    break;
                default:
                    throw new AnnotationException("'segmentation' needs to be a list of polygons, each a list of numbers");
            }
        }

        return false;
    }

    private static bool TryReadMask(ref Utf8JsonReader reader, ResultEntry entry)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return entry.HasSize && entry.HasRuns
                    ? true
                    : throw new AnnotationException("'segmentation' needs both 'size' and 'counts'");
            }

            var done =
                reader.ValueTextEquals("size"u8) ? reader.Read() && TryReadSize(ref reader, entry)
                : reader.ValueTextEquals("counts"u8) ? reader.Read() && TryReadCounts(ref reader, entry)
                : reader.TrySkip();
            if (!done)
            {
                return false;
            }
        }

        return false;
    }

    private static bool TryReadSize(ref Utf8JsonReader reader, ResultEntry entry)
    {
        Expect(ref reader, JsonTokenType.StartArray, "'size' needs to be a list of height and width");
        Span<int> size = stackalloc int[2];
        var count = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                (entry.MaskHeight, entry.MaskWidth, entry.HasSize) = (size[0], size[1], true);
                return count == 2 ? true : throw new AnnotationException($"'size' has {count} numbers; height and width are needed");
            }

            var number = Integer(ref reader, "size");
            if (number is < 0 or > int.MaxValue)
            {
                throw new AnnotationException($"'size' holds {number}");
            }

            if (count < 2)
            {
                size[count] = (int)number;
            }

            count++;
        }

        return false;
    }

    private static bool TryReadCounts(ref Utf8JsonReader reader, ResultEntry entry)
    {
        entry.HasRuns = true;
        if (reader.TokenType == JsonTokenType.String)
        {
            // Escapes only shorten a text, so that the raw length is room enough.
            entry.Text.Trim(reader.CopyString(entry.Text.Reset(reader.ValueSpan.Length)));
            return true;
        }

        Expect(ref reader, JsonTokenType.StartArray, "'counts' needs to be the compressed text or a list of run lengths");
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return true;
            }

            var run = Integer(ref reader, "counts");
            entry.Runs.Add(
                run is >= 0 and <= uint.MaxValue ? (uint)run : throw new AnnotationException($"'counts' holds a run of {run} pixels")
            );
        }

        return false;
    }

    private static long Integer(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            if (reader.TryGetInt64(out var whole))
            {
                return whole;
            }

            // Some writers put 7.0 for 7.
            var number = reader.GetDouble();
            if (Math.Abs(number) < 1e15 && Math.Truncate(number) == number)
            {
                return (long)number;
            }
        }

        throw new AnnotationException($"'{member}' needs to be a whole number");
    }

    private static double Number(ref Utf8JsonReader reader, string member) =>
        reader.TokenType == JsonTokenType.Number
            ? reader.GetDouble()
            : throw new AnnotationException($"'{member}' needs to be a number, or a list of them for a box");

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token, string what)
    {
        if (reader.TokenType != token)
        {
            throw new AnnotationException(what);
        }
    }
}
