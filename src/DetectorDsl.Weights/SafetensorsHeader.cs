using System.Collections.Immutable;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Weights;

/// <summary>Reads a safetensors header straight from its bytes, and refuses whatever the format does not allow.</summary>
internal static class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";

    // Object, entry, list: the format needs no more.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 4 };

    /// <summary>Reads it.</summary>
    /// <param name="header">The JSON.</param>
    /// <param name="dataLength">Bytes of values that follow.</param>
    /// <returns>Places of the tensors, and the free texts.</returns>
    /// <exception cref="HeaderException">The header is not one.</exception>
    public static (ImmutableSortedDictionary<string, SafetensorsEntry> Entries, ImmutableSortedDictionary<string, string> Metadata) Parse(
        ReadOnlySpan<byte> header,
        long dataLength
    )
    {
        try
        {
            var reader = new Utf8JsonReader(header, Options);
            return Parse(ref reader, dataLength);
        }
        catch (JsonException exception)
        {
            throw new HeaderException($"the header is no valid JSON of a safetensors file ({exception.Message})");
        }
        catch (InvalidOperationException exception)
        {
            throw new HeaderException($"the header holds no valid text ({exception.Message})");
        }
    }

    private static (ImmutableSortedDictionary<string, SafetensorsEntry> Entries, ImmutableSortedDictionary<string, string> Metadata) Parse(
        ref Utf8JsonReader reader,
        long dataLength
    )
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<string, SafetensorsEntry>(StringComparer.Ordinal);
        ImmutableSortedDictionary<string, string>? metadata = null;
        Expect(ref reader, JsonTokenType.StartObject, "the header");
        while (NextName(ref reader, "the header") is { } name)
        {
            if (name == MetadataKey)
            {
                metadata = metadata is null ? Metadata(ref reader) : throw new HeaderException($"the header has '{MetadataKey}' twice");
            }
            else if (!entries.TryAdd(name, Entry(ref reader, name, dataLength)))
            {
                throw new HeaderException($"the header names tensor '{name}' twice");
            }
        }

        if (reader.Read())
        {
            throw new HeaderException("the header goes on after its end");
        }

        CheckPlaces(entries, dataLength);
        return (entries.ToImmutable(), metadata ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));
    }

    private static ImmutableSortedDictionary<string, string> Metadata(ref Utf8JsonReader reader)
    {
        var metadata = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        Expect(ref reader, JsonTokenType.StartObject, $"'{MetadataKey}'");
        while (NextName(ref reader, $"'{MetadataKey}'") is { } key)
        {
            Expect(ref reader, JsonTokenType.String, $"'{MetadataKey}.{key}'");
            if (!metadata.TryAdd(key, reader.GetString()!))
            {
                throw new HeaderException($"'{MetadataKey}' has '{key}' twice");
            }
        }

        return metadata.ToImmutable();
    }

    private static SafetensorsEntry Entry(ref Utf8JsonReader reader, string name, long dataLength)
    {
        var what = $"the header's entry for tensor '{name}'";
        (ScalarType Type, long[] Shape, long[] Place) = (default, null!, null!);
        var hasType = false;
        Expect(ref reader, JsonTokenType.StartObject, what);
        while (NextName(ref reader, what) is { } key)
        {
            switch (key)
            {
                case "dtype" when !hasType:
                    Expect(ref reader, JsonTokenType.String, what);
                    (Type, hasType) = (TypeOf(name, reader.GetString()!), true);
                    break;
                case "shape" when Shape is null:
                    Shape = Numbers(ref reader, what, FileValues.MostAxes);
                    break;
                case "data_offsets" when Place is null:
                    Place = Numbers(ref reader, what, 2);
                    break;
                default:
                    throw new HeaderException($"{what} is malformed (it has '{key}', or has it twice)");
            }
        }

        if (!hasType || Shape is null || Place is not [var begin, var end])
        {
            throw new HeaderException($"{what} is malformed (it lacks its type, its shape, or one of its two places)");
        }

        var bytes = Size(Shape, Type.ElementSize(), what);
        return end <= dataLength && begin <= end && end - begin == bytes
            ? new SafetensorsEntry(Type, Shape, begin, end)
            : throw new HeaderException($"tensor '{name}' of {bytes} bytes cannot lie at {begin}..{end} of {dataLength} bytes of values");
    }

    private static ScalarType TypeOf(string name, string type) =>
        SafetensorsFile.Types.TryGetValue(type, out var known)
            ? known
            : throw new HeaderException(
                $"tensor '{name}' has the type '{type}', which is not supported{(type.StartsWith("F8_", StringComparison.Ordinal) ? " (a float of 8 bits)" : "")}",
                "Name a file of F32, F16 or BF16; the software that wrote this one converts it."
            );

    private static long[] Numbers(ref Utf8JsonReader reader, string what, int most)
    {
        var numbers = new List<long>();
        Expect(ref reader, JsonTokenType.StartArray, what);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number) || number < 0)
            {
                throw new HeaderException($"{what} is malformed (a length or place is no whole number from 0 up)");
            }

            numbers.Add(
                numbers.Count < most ? number : throw new HeaderException($"{what} is malformed (a list of more than {most} numbers)")
            );
        }

        return [.. numbers];
    }

    // An axis of length 0 counts as 1 here: steps along the others must not overflow either.
    private static long Size(long[] shape, long unit, string what)
    {
        try
        {
            var whole = shape.Aggregate(unit, (product, size) => checked(product * Math.Max(size, 1)));
            return shape.Contains(0) ? 0 : whole;
        }
        catch (OverflowException)
        {
            throw new HeaderException($"{what} is malformed (its shape counts more numbers than there can be)");
        }
    }

    // The format asks that the values follow one another and fill the file.
    private static void CheckPlaces(IEnumerable<KeyValuePair<string, SafetensorsEntry>> entries, long dataLength)
    {
        var end = 0L;
        foreach (var (name, entry) in entries.OrderBy(pair => pair.Value.Begin).ThenBy(pair => pair.Value.End))
        {
            if (entry.Begin != end)
            {
                throw new HeaderException(
                    $"tensor '{name}' begins at byte {entry.Begin} of the values where {end} is expected (an overlap or a gap)"
                );
            }

            end = entry.End;
        }

        if (end != dataLength)
        {
            throw new HeaderException($"the tensors take {end} bytes, the file holds {dataLength} bytes of values");
        }
    }

    private static string? NextName(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.PropertyName => reader.GetString()!,
            JsonTokenType.EndObject => null,
            _ => throw new HeaderException($"{what} is malformed"),
        };
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        reader.Read();
        if (reader.TokenType != type)
        {
            throw new HeaderException($"{what} is malformed ({reader.TokenType} where {type} is expected)");
        }
    }
}

/// <summary>Type, shape and place of a tensor: its first byte of the values, and the one after its last.</summary>
internal readonly record struct SafetensorsEntry(ScalarType Type, long[] Shape, long Begin, long End);

/// <summary>What is wrong with a header; the file's name is added where it is known.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="remedy">What to do about it.</param>
internal sealed class HeaderException(
    string message,
    string remedy = "The file is damaged, cut off, or not safetensors: copy it again, or convert it anew."
) : Exception(message)
{
    /// <summary>What to do about it.</summary>
    public string Remedy { get; } = remedy;
}
