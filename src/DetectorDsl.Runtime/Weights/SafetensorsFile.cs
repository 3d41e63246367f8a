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

    internal static readonly ImmutableDictionary<string, ScalarType> Types = new Dictionary<string, ScalarType>
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
    private readonly ImmutableSortedDictionary<string, SafetensorsEntry> entries;

    private SafetensorsFile(string path, long dataStart, ImmutableSortedDictionary<string, SafetensorsEntry> entries, ImmutableSortedDictionary<string, string> metadata)
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

    /// <summary>Reads the header; values are read when asked for, from the mapped file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The file's content.</returns>
    /// <exception cref="WeightsException">The file is missing, cut off or not safetensors, or tensors overlap, leave gaps or share a name; the message names the file, the place and the remedy.</exception>
    public static new SafetensorsFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new WeightsException($"{path}: no such weights file. Check the path.");
        }

        try
        {
            Span<byte> lengthBytes = stackalloc byte[8];
            long length;
            using (var stream = File.OpenRead(path))
            {
                length = stream.Length;
                stream.ReadExactly(lengthBytes);
            }

            var headerLength = BinaryPrimitives.ReadInt64LittleEndian(lengthBytes);
            if (headerLength < 2 || headerLength > Math.Min(LargestHeader, length - 8))
            {
                throw new WeightsException($"{path}: not a safetensors file (its header claims {headerLength} bytes, the file has {length}). If it should be one, copy it again; else name a file of safetensors, .pth, .pt or .pkl.");
            }

            using var header = MappedFile.Open(path, 8, (int)headerLength);
            var (entries, metadata) = SafetensorsHeader.Parse(header.GetSpan(), length - 8 - headerLength);
            return new SafetensorsFile(path, 8 + headerLength, entries, metadata);
        }
        catch (EndOfStreamException)
        {
            throw new WeightsException($"{path}: cut off inside the header. Copy the file again.");
        }
        catch (HeaderException exception)
        {
            throw new WeightsException($"{path}: {exception.Message}. The file is damaged, cut off, or not safetensors: copy it again, or convert it anew.");
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
        return FileValues.Read(path, name, entry.Type, entry.Shape, dataStart + entry.Begin);
    }

    /// <inheritdoc />
    public override void CopyTo(string name, Tensor target)
    {
        var entry = Find(name);
        FileValues.CopyTo(path, name, entry.Type, dataStart + entry.Begin, target);
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

    private SafetensorsEntry Find(string name) => entries.TryGetValue(name, out var entry) ? entry : throw new WeightsException($"{path}: holds no tensor '{name}'. It is not the file that was asked for.");

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
}
