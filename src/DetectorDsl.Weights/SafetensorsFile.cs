using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using DetectorDsl.Native.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Weights;

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

    private static readonly ImmutableDictionary<ScalarType, string> Names = Types.ToImmutableDictionary(
        pair => pair.Value,
        pair => pair.Key
    );

    private readonly OpenFile file;
    private readonly long dataStart;
    private readonly ImmutableSortedDictionary<string, SafetensorsEntry> entries;

    private SafetensorsFile(
        OpenFile file,
        long dataStart,
        ImmutableSortedDictionary<string, SafetensorsEntry> entries,
        ImmutableSortedDictionary<string, string> metadata,
        bool hasChecksum
    ) => (this.file, this.dataStart, this.entries, Metadata, HasChecksum) = (file, dataStart, entries, metadata, hasChecksum);

    /// <inheritdoc />
    public override string Path => file.Path;

    /// <inheritdoc />
    public override IEnumerable<string> TensorNames => entries.Keys;

    /// <summary>Free text by key from the header's <c>__metadata__</c>, but for the checksum.</summary>
    public override ImmutableSortedDictionary<string, string> Metadata { get; }

    /// <inheritdoc />
    public override bool HasChecksum { get; }

    /// <summary>Opens the file once, reads the header and checks the checksum where there is one; values are read when asked for, from the same opening.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The file's content, to be disposed.</returns>
    /// <exception cref="WeightsException">The file is missing, cut off or not safetensors, or tensors overlap, leave gaps or share a name, or its checksum is that of another
    /// content; the message names the file, the place and the remedy.</exception>
    public static new SafetensorsFile Open(string path)
    {
        var file = OpenFile.Of(path);
        try
        {
            return Open(file);
        }
        catch (EndOfStreamException)
        {
            file.Dispose();
            throw new WeightsException($"{path}: cut off inside the header. Copy the file again.");
        }
        catch (HeaderException exception)
        {
            file.Dispose();
            throw new WeightsException($"{path}: {exception.Message}. {exception.Remedy}");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file begins as one of the format: a length that a header can have, and the brace that opens it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="WeightsException">The file is missing, or no regular file.</exception>
    internal static bool Recognizes(string path)
    {
        using var file = OpenFile.Of(path);
        Span<byte> start = stackalloc byte[9];
        if (file.Length < start.Length)
        {
            return false;
        }

        file.Read(start, 0);
        return BinaryPrimitives.ReadInt64LittleEndian(start) is > 0 and <= LargestHeader && start[8] == (byte)'{';
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
        return FileValues.Read(file, name, entry.Type, entry.Shape, dataStart + entry.Begin);
    }

    /// <inheritdoc />
    public override void CopyTo(string name, Tensor target)
    {
        var entry = Find(name);
        FileValues.CopyTo(file, name, entry.Type, dataStart + entry.Begin, target);
    }

    /// <summary>Writes tensors and metadata; the file appears under its name only when it is complete.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensors">Tensors by name, on any device.</param>
    /// <param name="metadata">Free text by key.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; an existing file stays as it was.</exception>
    public static void Write(
        string path,
        IReadOnlyCollection<KeyValuePair<string, Tensor>> tensors,
        IReadOnlyDictionary<string, string> metadata
    ) => Write(path, tensors, metadata, hasChecksum: false, AtomicFile.Write);

    /// <summary>Writes tensors and metadata through someone who puts files in their place.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Tensors by name, on any device.</param>
    /// <param name="metadata">Free text by key.</param>
    /// <param name="hasChecksum">Whether the file is to prove itself whenever it is opened.</param>
    /// <param name="place">Given the file and what writes its content.</param>
    internal static void Write(
        string path,
        IReadOnlyCollection<KeyValuePair<string, Tensor>> tensors,
        IReadOnlyDictionary<string, string> metadata,
        bool hasChecksum,
        Action<string, Action<Stream>> place
    )
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(metadata);
        if (tensors.FirstOrDefault(pair => !Names.ContainsKey(pair.Value.dtype)) is { Key: { } odd } unknown)
        {
            throw new WeightsException($"{path}: tensor '{odd}' has the type {unknown.Value.dtype}, which the format does not know.");
        }

        using var scope = NewDisposeScope();
        var onCpu = tensors
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (Name: pair.Key, Value: pair.Value.detach().cpu().contiguous()))
            .ToList();
        var header = Header(
            onCpu,
            hasChecksum ? metadata.Append(KeyValuePair.Create(SafetensorsChecksum.Key, SafetensorsChecksum.Blank)) : metadata
        );
        if (hasChecksum)
        {
            SafetensorsChecksum.Enter(header, onCpu.Select(item => item.Value));
        }

        place(path, stream =>
        {
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

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }
    }

    private static SafetensorsFile Open(OpenFile file)
    {
        Span<byte> lengthBytes = stackalloc byte[8];
        file.Read(lengthBytes, 0);
        var headerLength = BinaryPrimitives.ReadInt64LittleEndian(lengthBytes);
        if (headerLength < 2 || headerLength > Math.Min(LargestHeader, file.Length - 8))
        {
            throw FileHead.Foreign(FileHead.Read(file.Path)) is { } kind
                ? new WeightsException($"{file.Path}: no file of weights but {kind}. Name a file of safetensors, .pth, .pt or .pkl.")
                : new WeightsException(
                    $"{file.Path}: not a safetensors file (its header claims {headerLength} bytes, the file has {file.Length}). If it should be one, copy it again; else name a file of safetensors, .pth, .pt or .pkl."
                );
        }

        var header = GC.AllocateUninitializedArray<byte>((int)headerLength);
        file.Read(header, 8);
        var start = 8 + headerLength;
        var (entries, metadata) = SafetensorsHeader.Parse(header, file.Length - start);
        var stated = metadata.GetValueOrDefault(SafetensorsChecksum.Key);
        return stated is null || SafetensorsChecksum.Holds(file, header, start, stated)
            ? new SafetensorsFile(file, start, entries, metadata.Remove(SafetensorsChecksum.Key), stated is not null)
            : throw new WeightsException(
                $"{file.Path}: damaged: its content is not what its checksum was taken of. Take another copy of it. (Where another program changed it on purpose, that program has to leave out the metadata's '{SafetensorsChecksum.Key}'.)"
            );
    }

    private SafetensorsEntry Find(string name) =>
        entries.TryGetValue(name, out var entry)
            ? entry
            : throw new WeightsException($"{file.Path}: holds no tensor '{name}'. It is not the file that was asked for.");

    private static byte[] Header(List<(string Name, Tensor Value)> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
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
