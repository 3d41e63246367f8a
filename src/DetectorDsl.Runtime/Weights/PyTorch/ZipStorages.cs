using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;

namespace DetectorDsl.Runtime.Weights.PyTorch;

/// <summary>The zip form (PyTorch 1.6 and later): <c>NAME/data.pkl</c> and one entry per storage under <c>NAME/data</c>, all uncompressed.</summary>
internal sealed class ZipStorages(string path, string folder, ImmutableDictionary<string, long> lengths) : TorchStorages
{
    private const string Pickle = "/data.pkl";

    /// <summary>Opens the archive.</summary>
    /// <returns>The pickle and the storages.</returns>
    public static (byte[] Pickle, TorchStorages Storages) Open(string path)
    {
        using var archive = Archive(path);
        var pickle = archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith(Pickle, StringComparison.Ordinal))
            ?? throw new WeightsException($"{path}: the archive has no data.pkl; it was not written by torch.save. Name a file of safetensors, .pth, .pt or .pkl.");
        var folder = pickle.FullName[..^Pickle.Length];
        if (archive.GetEntry($"{folder}/byteorder") is { Length: < 16 } order && Encoding.ASCII.GetString(Content(path, order)) is not "little" and var other)
        {
            throw new WeightsException($"{path}: its numbers are {other}-endian, which is not supported; save it again on an ordinary machine.");
        }

        // The archive's list is read once, not for every tensor.
        var lengths = archive.Entries.Where(entry => entry.FullName.StartsWith($"{folder}/data/", StringComparison.Ordinal))
            .DistinctBy(entry => entry.FullName)
            .ToImmutableDictionary(entry => entry.FullName[$"{folder}/data/".Length..], entry => Plain(path, entry).Length, StringComparer.Ordinal);
        return (Content(path, pickle), new ZipStorages(path, folder, lengths));
    }

    public override long LengthOf(string key) => lengths.GetValueOrDefault(key, -1);

    public override void Read(string key, long offset, Span<byte> target)
    {
        using var archive = Archive(path);
        try
        {
            using var stream = Plain(path, archive.GetEntry($"{folder}/data/{key}")!).Open();
            Skip(stream, offset);
            stream.ReadExactly(target);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new WeightsException($"{path}: storage '{key}' cannot be read ({exception.Message}). Copy the file again.");
        }
    }

    private static ZipArchive Archive(string path)
    {
        try
        {
            var archive = ZipFile.OpenRead(path);

            // The list of entries is read, and found wrong, at its first use.
            _ = archive.Entries;
            return archive;
        }
        catch (InvalidDataException exception)
        {
            throw new WeightsException($"{path}: the archive is damaged or cut off ({exception.Message}). Copy the file again.");
        }
    }

    // Compressed, an entry could claim any length.
    private static ZipArchiveEntry Plain(string path, ZipArchiveEntry entry) => entry.Length == entry.CompressedLength
        ? entry
        : throw new WeightsException($"{path}: entry '{entry.FullName}' is compressed, which torch.save never does. Save the weights anew with torch.save.");

    private static byte[] Content(string path, ZipArchiveEntry entry)
    {
        try
        {
            using var stream = Plain(path, entry).Open();
            var bytes = new byte[Math.Min(entry.Length, new FileInfo(path).Length)];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new WeightsException($"{path}: entry '{entry.FullName}' cannot be read ({exception.Message}). Copy the file again.");
        }
    }

    private static void Skip(Stream stream, long count)
    {
        if (stream.CanSeek)
        {
            stream.Position = count;
            return;
        }

        var buffer = new byte[81920];
        while (count > 0)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(count, buffer.Length));
            count -= read > 0 ? read : throw new EndOfStreamException("The entry ends early.");
        }
    }
}
