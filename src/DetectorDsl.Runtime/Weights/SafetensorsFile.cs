using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Weights;

/// <summary>
/// Tensors by name in the safetensors format: eight bytes with the header's length (little endian), a JSON header with type, shape and
/// place of each tensor, then the values.
/// </summary>
/// <remarks>Source: the format's public description (huggingface/safetensors, README).</remarks>
public sealed class SafetensorsFile : WeightsFile
{
    private const long LargestHeader = 100_000_000;

    private static readonly ImmutableDictionary<string, ScalarType> Types = new Dictionary<string, ScalarType>
    {
        ["BOOL"] = ScalarType.Bool,
        ["U8"] = ScalarType.Byte,
        ["I8"] = ScalarType.Int8,
        ["I16"] = ScalarType.Int16,
        ["I32"] = ScalarType.Int32,
        ["I64"] = ScalarType.Int64,
        ["F16"] = ScalarType.Float16,
        ["BF16"] = ScalarType.BFloat16,
        ["F32"] = ScalarType.Float32,
        ["F64"] = ScalarType.Float64,
    }.ToImmutableDictionary();

    private static readonly ImmutableDictionary<ScalarType, string> Names = Types.ToImmutableDictionary(pair => pair.Value, pair => pair.Key);

    private readonly string path;
    private readonly long dataStart;
    private readonly ImmutableSortedDictionary<string, Entry> entries;

    private SafetensorsFile(string path, long dataStart, ImmutableSortedDictionary<string, Entry> entries, ImmutableSortedDictionary<string, string> metadata)
    {
        this.path = path;
        this.dataStart = dataStart;
        this.entries = entries;
        Metadata = metadata;
    }

    /// <inheritdoc />
    public override IEnumerable<string> TensorNames => entries.Keys;

    /// <summary>Free text by key from the header's <c>__metadata__</c>.</summary>
    public override ImmutableSortedDictionary<string, string> Metadata { get; }

    /// <summary>Reads the header; values are read when asked for.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The file's content.</returns>
    /// <exception cref="WeightsException">The file is missing, cut off or not safetensors, or tensors overlap, leave gaps or share a name; the message names the file and the place.</exception>
    public static new SafetensorsFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new WeightsException($"{path}: no such weights file.");
        }

        try
        {
            using var stream = File.OpenRead(path);
            Span<byte> lengthBytes = stackalloc byte[8];
            stream.ReadExactly(lengthBytes);
            var headerLength = BinaryPrimitives.ReadInt64LittleEndian(lengthBytes);
            if (headerLength < 2 || headerLength > Math.Min(LargestHeader, stream.Length - 8))
            {
                throw new WeightsException($"{path}: not a safetensors file (its header claims {headerLength} bytes, the file has {stream.Length}).");
            }

            var header = new byte[headerLength];
            stream.ReadExactly(header);
            return Parse(path, header, stream.Length - 8 - headerLength);
        }
        catch (EndOfStreamException)
        {
            throw new WeightsException($"{path}: cut off inside the header; copy the file again.");
        }
        catch (JsonException exception)
        {
            throw new WeightsException($"{path}: the header is no valid JSON ({exception.Message}).");
        }
        catch (InvalidOperationException exception)
        {
            throw new WeightsException($"{path}: the header is not that of a safetensors file ({exception.Message}).");
        }
    }

    /// <inheritdoc />
    public override (ScalarType Type, ImmutableArray<long> Shape) Describe(string name)
    {
        var entry = Find(name);
        return (entry.Type, [.. entry.Shape]);
    }

    /// <inheritdoc />
    public override Tensor Read(string name)
    {
        var entry = Find(name);
        if (entry.End - entry.Begin > int.MaxValue)
        {
            throw new WeightsException($"{path}: tensor '{name}' takes {entry.End - entry.Begin} bytes; at most {int.MaxValue} are supported.");
        }

        var tensor = empty(entry.Shape, dtype: entry.Type);
        try
        {
            using var stream = File.OpenRead(path);
            stream.Position = dataStart + entry.Begin;
            stream.ReadExactly(tensor.bytes);
            return tensor;
        }
        catch (EndOfStreamException)
        {
            tensor.Dispose();
            throw new WeightsException($"{path}: cut off inside tensor '{name}'; copy the file again.");
        }
    }

    /// <summary>Writes tensors and metadata; the file appears under its name only when it is complete.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensors">Tensors by name, on any device.</param>
    /// <param name="metadata">Free text by key.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; an existing file stays as it was.</exception>
    public static void Write(string path, IReadOnlyCollection<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(metadata);
        if (tensors.FirstOrDefault(pair => !Names.ContainsKey(pair.Value.dtype)) is { Key: { } odd } unknown)
        {
            throw new WeightsException($"{path}: tensor '{odd}' has the type {unknown.Value.dtype}, which the format does not know.");
        }

        using var scope = NewDisposeScope();
        var onCpu = tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (Name: pair.Key, Value: pair.Value.detach().cpu().contiguous())).ToList();
        AtomicFile.Write(path, stream =>
        {
            var header = Header(onCpu, metadata);
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var (_, value) in onCpu)
            {
                stream.Write(value.bytes);
            }
        });
    }

    private Entry Find(string name) => entries.TryGetValue(name, out var entry) ? entry : throw new WeightsException($"{path}: holds no tensor '{name}'.");

    private static SafetensorsFile Parse(string path, byte[] header, long dataLength)
    {
        using var document = JsonDocument.Parse(header);
        var entries = ImmutableSortedDictionary.CreateBuilder<string, Entry>(StringComparer.Ordinal);
        var metadata = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.NameEquals("__metadata__"))
            {
                foreach (var item in property.Value.EnumerateObject())
                {
                    metadata[item.Name] = item.Value.GetString() ?? "";
                }
            }
            else
            {
                var name = property.Name;
                if (!entries.TryAdd(name, ParseEntry(path, property, dataLength)))
                {
                    throw new WeightsException($"{path}: the header names tensor '{name}' twice.");
                }
            }
        }

        CheckPlaces(path, entries, dataLength);
        return new SafetensorsFile(path, 8 + header.Length, entries.ToImmutable(), metadata.ToImmutable());
    }

    // The format asks that the values follow one another and fill the file.
    private static void CheckPlaces(string path, IEnumerable<KeyValuePair<string, Entry>> entries, long dataLength)
    {
        var end = 0L;
        foreach (var (name, entry) in entries.OrderBy(pair => pair.Value.Begin).ThenBy(pair => pair.Value.End))
        {
            if (entry.Begin != end)
            {
                throw new WeightsException($"{path}: tensor '{name}' begins at byte {entry.Begin} of the values where {end} is expected (an overlap or a gap); the file is damaged.");
            }

            end = entry.End;
        }

        if (end != dataLength)
        {
            throw new WeightsException($"{path}: the tensors take {end} bytes, the file holds {dataLength} bytes of values; the file is damaged.");
        }
    }

    private static Entry ParseEntry(string path, JsonProperty property, long dataLength)
    {
        try
        {
            var type = property.Value.GetProperty("dtype").GetString() ?? "";
            if (!Types.TryGetValue(type, out var scalarType))
            {
                throw new WeightsException($"{path}: tensor '{property.Name}' has the type '{type}', which is not supported.");
            }

            var shape = property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
            var offsets = property.Value.GetProperty("data_offsets");
            var (begin, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
            var whole = Product(shape, scalarType.ElementSize());
            var bytes = shape.Contains(0) ? 0 : whole;
            if (begin < 0 || end < begin || end > dataLength || end - begin != bytes)
            {
                throw new WeightsException($"{path}: tensor '{property.Name}' of {bytes} bytes cannot lie at {begin}..{end} of {dataLength} bytes of values; the file is damaged or cut off.");
            }

            return new Entry(scalarType, shape, begin, end);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new WeightsException($"{path}: the header's entry for tensor '{property.Name}' is malformed ({exception.Message}).");
        }
    }

    // An axis of length 0 counts as 1 here: steps along the others must not overflow either.
    private static long Product(long[] shape, long unit) =>
        shape.Aggregate(unit, (product, size) => size < 0 ? throw new OverflowException("A size is negative.") : checked(product * Math.Max(size, 1)));

    private static byte[] Header(List<(string Name, Tensor Value)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            var offset = 0L;
            foreach (var (name, value) in tensors)
            {
                var end = offset + (value.numel() * value.dtype.ElementSize());
                json.WriteStartObject(name);
                json.WriteString("dtype", Names[value.dtype]);
                json.WriteStartArray("shape");
                foreach (var size in value.shape)
                {
                    json.WriteNumberValue(size);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        // Values start at a multiple of eight bytes, so that a mapped file can be read in place.
        var padding = (8 - (int)(buffer.Length % 8)) % 8;
        buffer.Write("       "u8[..padding]);
        return buffer.ToArray();
    }

    private readonly record struct Entry(ScalarType Type, long[] Shape, long Begin, long End);
}
