using System.Security.Cryptography;

namespace DetectorDsl.Training;

/// <summary>An image file as a run has seen it: by its length and time, and once it was read, by its content.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Time">Time of the last change, in ticks of universal time.</param>
/// <param name="Content">The first eight bytes of the content's SHA-256; 0 until the file was read.</param>
internal readonly record struct ImageFileRecord(long Length, long Time, long Content)
{
    /// <summary>The file as it is now, without its content.</summary>
    /// <returns>The record; null where the file cannot be reached.</returns>
    public static ImageFileRecord? Of(string path)
    {
        var file = new FileInfo(path);
        file = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return file.Exists ? new ImageFileRecord(file.Length, file.LastWriteTimeUtc.Ticks, 0) : null;
    }

    /// <summary>The checksum of a file's content.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static long ContentOf(string path)
    {
        using var stream = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read | FileShare.Delete,
            1,
            FileOptions.SequentialScan
        );
        return System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(stream));
    }

    /// <summary>Whether a file is still the one that was seen; its content is compared where its time has changed and the content is
    /// known.</summary>
    public bool IsStill(string path)
    {
        try
        {
            return Of(path) is { } now && now.Length == Length && (now.Time == Time || Content == 0 || ContentOf(path) == Content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // One that cannot be read is left out of training, which tells.
            return true;
        }
    }
}
