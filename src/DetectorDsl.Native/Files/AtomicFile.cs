using DetectorDsl.Annotations;

namespace DetectorDsl.Native.Files;

/// <summary>Files that are either there whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside the target, flushes to the disk, then renames over it.</summary>
    /// <param name="path">The target.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; an existing target stays as it was.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, entering: null, replacing: null);

    /// <summary>Writes beside the target, flushes to the disk, then renames over it.</summary>
    /// <param name="path">The target.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="entering">Given the path of the part before it is opened; null for nothing.</param>
    /// <param name="replacing">Done once the part is complete, before it takes the target's name; null for nothing.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; an existing target stays as it was.</exception>
    internal static void Write(string path, Action<Stream> write, Action<string>? entering, Action? replacing)
    {
        ArgumentNullException.ThrowIfNull(write);
        var temporary = $"{path}.{Environment.ProcessId}{FileManifest.PartEnding}";
        try
        {
            entering?.Invoke(temporary);
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            replacing?.Invoke();
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
            throw new IOException(
                $"{path}: cannot be written ({exception.Message}). Free space or choose another output folder; what was there before is unchanged.",
                exception
            );
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    // What stopped the writing is what the caller must learn, not that its remains cannot be removed either.
    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) { }
    }
}
