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

    /// <summary>Whether so many coordinates make a ring, the last of an odd number left out.</summary>
    public static bool IsRing(int coordinates) => coordinates >= FewestCoordinates;

    /// <summary>The member's value, in any form; null where there is none.</summary>
    public RawSegmentation? Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.StartArray => ReadRings(ref reader),
            JsonTokenType.StartObject => ReadRuns(ref reader),
            JsonTokenType.Null => null,
            _ => new RawUnreadable($"its segmentation is {JsonItems.Describe(ref reader)}, no list of polygons and no run lengths"),
        };
    }

    private RawRings ReadRings(ref Utf8JsonReader reader)
    {
        coordinates.Clear();
        counts.Clear();
        var (rings, odd) = (0, 0);
        List<double>? flat = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (JsonItems.TryGetNumber(ref reader, out var number))
            {
                // Some tools write a single ring without the outer list.
                (flat ??= []).Add(number);
            }
            else
            {
                var start = coordinates.Count;
                var isGood = JsonItems.ReadNumbers(ref reader, coordinates) is null;
                rings++;
                odd += EndRing(start, isGood);
            }
        }

        if (flat is not null)
        {
            var start = coordinates.Count;
            coordinates.AddRange(flat);
            rings++;
            odd += EndRing(start, isGood: true);
        }

        var valid =
            counts.Count == 0
                ? null
                : new PolygonSegmentation(
                    store.Add(packer.Pack(CollectionsMarshal.AsSpan(coordinates), CollectionsMarshal.AsSpan(counts)))
                );
        return new RawRings(valid, rings - counts.Count, rings, odd);
    }

    /// <returns>1 where the last of an odd number of coordinates was left out.</returns>
    private int EndRing(int start, bool isGood)
    {
        var ring = CollectionsMarshal.AsSpan(coordinates)[start..];
        var odd = ring.Length % 2;
        if (isGood && IsRing(ring.Length) && AreFinite(ring))
        {
            coordinates.RemoveRange(coordinates.Count - odd, odd);
            counts.Add(ring.Length - odd);
            return odd;
        }

        coordinates.RemoveRange(start, ring.Length);
        return 0;
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

    private static RawSegmentation ReadRuns(ref Utf8JsonReader reader)
    {
        uint[]? runs = null;
        byte[]? text = null;
        string? mistake = null;
        var size = (Height: 0, Width: 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("size"u8))
            {
                reader.Read();
                var numbers = new List<double>();
                if (
                    JsonItems.ReadNumbers(ref reader, numbers) is null
                    && numbers is [var height, var width]
                    && IsSide(height)
                    && IsSide(width)
                )
                {
                    size = ((int)height, (int)width);
                }
                else
                {
                    mistake ??= "its mask's size is not two whole numbers (height, width)";
                }
            }
            else if (reader.ValueTextEquals("counts"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String)
                {
                    text = JsonItems.TryGetText(ref reader, out var compressed) ? Encoding.UTF8.GetBytes(compressed) : [];
                }
                else
                {
                    var wrong = ReadRuns(ref reader, out runs);
                    mistake ??= wrong;
                }
            }
            else
            {
                JsonItems.SkipValue(ref reader);
            }
        }

        return mistake is null ? new RawRuns(runs, text, size.Height, size.Width) : new RawUnreadable(mistake);
    }

    /// <returns>What is wrong; null if nothing is.</returns>
    private static string? ReadRuns(ref Utf8JsonReader reader, out uint[]? runs)
    {
        var numbers = new List<double>();
        runs = null;
        if (JsonItems.ReadNumbers(ref reader, numbers) is { } wrong)
        {
            return $"its mask's counts are {wrong}, no text and no list of run lengths";
        }

        foreach (var number in numbers)
        {
            if (!(number is >= 0 and <= uint.MaxValue && Math.Truncate(number) == number))
            {
                return FormattableString.Invariant($"its mask has a run of {number} pixels");
            }
        }

        runs = [.. numbers.Select(number => (uint)number)];
        return null;
    }

    private static bool IsSide(double number) => number is >= 0 and <= int.MaxValue && Math.Truncate(number) == number;
}
