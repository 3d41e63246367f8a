using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Reads a segmentation in any of COCO's forms: rings, plain runs, compressed runs.</summary>
/// <param name="packer">Packs rings.</param>
/// <param name="store">Keeps them.</param>
internal sealed class SegmentationReader(PackedRings packer, ByteStore store)
{
    private const int FewestCoordinates = 6;

    private readonly List<double> coordinates = [];
    private readonly List<int> counts = [];

    /// <summary>Whether so many coordinates make a ring.</summary>
    public static bool IsRing(int coordinates) => coordinates >= FewestCoordinates && coordinates % 2 == 0;

    public RawSegmentation? Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                return ReadRings(ref reader);
            case JsonTokenType.StartObject:
                return ReadRuns(ref reader);
            default:
                reader.TrySkip();
                return null;
        }
    }

    private RawRings ReadRings(ref Utf8JsonReader reader)
    {
        coordinates.Clear();
        counts.Clear();
        var rings = 0;
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
                var start = coordinates.Count;
                JsonItems.ReadOpenedNumbers(ref reader, coordinates);
                rings++;
                EndRing(start);
            }
        }

        if (flat is not null)
        {
            var start = coordinates.Count;
            coordinates.AddRange(flat);
            rings++;
            EndRing(start);
        }

        var valid = counts.Count == 0 ? null : new PolygonSegmentation(store.Add(packer.Pack(CollectionsMarshal.AsSpan(coordinates), CollectionsMarshal.AsSpan(counts))));
        return new RawRings(valid, rings - counts.Count, rings);
    }

    private void EndRing(int start)
    {
        var ring = CollectionsMarshal.AsSpan(coordinates)[start..];
        if (IsRing(ring.Length) && AreFinite(ring))
        {
            counts.Add(ring.Length);
        }
        else
        {
            coordinates.RemoveRange(start, ring.Length);
        }
    }

    private static bool AreFinite(ReadOnlySpan<double> numbers)
    {
        foreach (var number in numbers)
        {
            if (!double.IsFinite(number))
            {
                return false;
            }
        }

        return true;
    }

    private static RawRuns ReadRuns(ref Utf8JsonReader reader)
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
                    var numbers = new List<double>();
                    JsonItems.ReadOpenedNumbers(ref reader, numbers);
                    runs = [.. numbers.Select(number => number is >= 0 and <= uint.MaxValue ? (uint)number : throw new FormatException($"a mask has a run of {number} pixels."))];
                }
            }
            else
            {
                JsonItems.SkipValue(ref reader);
            }
        }

        return new RawRuns(runs, text, size.Height, size.Width);
    }
}
