using System.Collections.Immutable;
using System.Text;

namespace DetectorDsl.Weights.PyTorch;

/// <summary>The zip form (PyTorch 1.6 and later): <c>NAME/data.pkl</c> and one entry per storage under <c>NAME/data</c>, all uncompressed.</summary>
internal static class ZipStorages
{
    private const string Pickle = "/data.pkl";
    private const int LongestOrder = 16;

    /// <summary>Opens the archive.</summary>
    /// <returns>The object, and the storages.</returns>
    /// <exception cref="WeightsException">The archive is damaged, or was not written by <c>torch.save</c>.</exception>
    public static (object? Root, TorchStorages Storages) Open(string path)
    {
        var entries = ZipDirectory.Read(path);
        var pickle = entries
            .Keys.Where(name => name.EndsWith(Pickle, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault()
            ?? throw new WeightsException(
                entries.Keys.Any(name => name.EndsWith(".npy", StringComparison.Ordinal))
                    ? $"{path}: an archive of numpy arrays (.npz; it has no data.pkl). Load it with numpy, and save the arrays as safetensors."
                    : $"{path}: the archive has no data.pkl; it was not written by torch.save. Name a file of safetensors, .pth, .pt or .pkl."
            );
        var folder = pickle[..^Pickle.Length];
        if (
            entries.ContainsKey($"{folder}/constants.pkl")
            || entries.Keys.Any(name => name.StartsWith($"{folder}/code/", StringComparison.Ordinal))
        )
        {
            throw new WeightsException(
                $"{path}: a TorchScript archive, which holds a program; nothing was run. Save its weights alone: torch.save(torch.jit.load(file).state_dict(), other)."
            );
        }

        if (
            entries.TryGetValue($"{folder}/byteorder", out var order)
            && order.Length < LongestOrder
            && Order(path, order) is not "little" and var other
        )
        {
            throw new WeightsException(
                $"{path}: its numbers are {other}-endian, which is not supported. Save it anew on an ordinary machine."
            );
        }

        var (start, length) = entries[pickle];
        if (length > int.MaxValue)
        {
            throw new WeightsException(
                $"{path}: its pickle takes {length} bytes; at most {int.MaxValue} are supported. Save model.state_dict() alone."
            );
        }

        using var mapped = MappedFile.Open(path, start, (int)length);
        var storages = new TorchStorages(
            entries
                .Where(entry => entry.Key.StartsWith($"{folder}/data/", StringComparison.Ordinal))
                .ToImmutableDictionary(entry => entry.Key[$"{folder}/data/".Length..], entry => entry.Value, StringComparer.Ordinal)
        );
        return (new PickleReader(mapped.Memory, path).Read(), storages);
    }

    private static string Order(string path, (long Start, long Length) place)
    {
        using var mapped = MappedFile.Open(path, place.Start, (int)place.Length);
        return Encoding.ASCII.GetString(mapped.GetSpan());
    }
}
