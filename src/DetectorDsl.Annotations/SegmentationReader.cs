using System.Text;
using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Reads a segmentation in any of COCO's forms: rings, plain runs, compressed runs.</summary>
internal static class SegmentationReader
{
    public static RawSegmentation? Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                return ReadRings(ref reader);
            case JsonTokenType.StartObject:
                return ReadRuns(ref reader);
            default:
                reader.Skip();
                return null;
        }
    }

    private static RawSegmentation ReadRings(ref Utf8JsonReader reader)
    {
        var rings = new List<double[]>();
        List<double>? flat = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Number)
            {
                // Some tools write a single ring without the outer list.
                (flat ??= []).Add(reader.GetDouble());
            }
            else
            {
                rings.Add(JsonItems.ReadOpenedNumbers(ref reader));
            }
        }

        if (flat is not null)
        {
            rings.Add([.. flat]);
        }

        return new RawSegmentation([.. rings], null, null, 0, 0);
    }

    private static RawSegmentation ReadRuns(ref Utf8JsonReader reader)
    {
        uint[]? runs = null;
        byte[]? text = null;
        var size = (Height: 0, Width: 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("size"u8))
            {
                size = JsonItems.ReadInts(ref reader) is [var height, var width] ? (height, width) : throw new FormatException("a mask's size needs two numbers.");
            }
            else if (reader.ValueTextEquals("counts"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String)
                {
                    text = Encoding.UTF8.GetBytes(reader.GetString()!);
                }
                else
                {
                    runs = [.. JsonItems.ReadOpenedNumbers(ref reader).Select(number => number is >= 0 and <= uint.MaxValue ? (uint)number : throw new FormatException($"a mask has a run of {number} pixels."))];
                }
            }
            else
            {
                JsonItems.SkipValue(ref reader);
            }
        }

        return new RawSegmentation(null, runs, text, size.Height, size.Width);
    }
}
