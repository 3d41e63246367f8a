using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using TorchSharp;

namespace DetectorDsl.Weights.PyTorch;

/// <summary>The form before PyTorch 1.6: pickles of a magic number, a version, the machine, the object and the names of the storages; then each storage, its
/// count before its numbers.</summary>
internal static class StreamStorages
{
    private static readonly BigInteger Magic = BigInteger.Parse(
        "1950a86a20f9469cfc6c",
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture
    );

    /// <summary>Opens the file.</summary>
    /// <returns>The object, and the storages.</returns>
    public static (object? Root, TorchStorages Storages) Open(string path)
    {
        using var mapped = MappedFile.Beginning(path);
        var reader = new PickleReader(mapped.Memory, path);
        if (reader.Read() is not BigInteger magic || magic != Magic)
        {
            throw new WeightsException(
                $"{path}: not written by torch.save (its magic number is missing). Name a file of safetensors, .pth, .pt or .pkl."
            );
        }

        _ = reader.Read();
        _ = reader.Read();
        var root = reader.Read();
        var keys = reader.Read() as List<object?> ?? [];
        return (root, new TorchStorages(Places(path, mapped.GetSpan(), reader.Position, keys, StorageTypes(root))));
    }

    private static ImmutableDictionary<string, (long Start, long Length)> Places(
        string path,
        ReadOnlySpan<byte> bytes,
        long position,
        List<object?> keys,
        Dictionary<string, int> sizes
    )
    {
        var places = ImmutableDictionary.CreateBuilder<string, (long, long)>(StringComparer.Ordinal);
        foreach (var key in keys.OfType<string>())
        {
            var count = position + 8 <= bytes.Length ? BinaryPrimitives.ReadInt64LittleEndian(bytes[(int)position..]) : -1;
            var size = sizes.GetValueOrDefault(key, 1);
            if (count < 0 || count > (bytes.Length - position - 8) / size)
            {
                throw new WeightsException($"{path}: cut off at storage '{key}'. Copy the file again.");
            }

            places[key] = (position + 8, count * size);
            position += 8 + (count * size);
        }

        return places.ToImmutable();
    }

    // Nothing but the object says of which type a storage is.
    private static Dictionary<string, int> StorageTypes(object? root)
    {
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        var open = new Stack<object?>([root]);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        while (open.TryPop(out var value))
        {
            if (value is TensorReference tensor)
            {
                sizes[tensor.Storage.Key] = (int)tensor.Storage.Type.ElementSize();
            }
            else if (value is not null && seen.Add(value))
            {
                foreach (var inner in Inner(value))
                {
                    open.Push(inner);
                }
            }
        }

        return sizes;
    }

    private static IEnumerable<object?> Inner(object value) =>
        value switch
        {
            PickleDictionary dictionary => dictionary.Values,
            IEnumerable<object?> items => items,
            _ => [],
        };
}
