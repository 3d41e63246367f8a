namespace DetectorDsl.Annotations;

/// <summary>Opens files of others: regular ones alone, so that no reader waits for a pipe or follows a device without end.</summary>
public static class InputFile
{
    /// <summary>Opens a file for reading; others may read it at the same time.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <param name="options">How it will be read.</param>
    /// <returns>The file, without a buffer of its own.</returns>
    /// <exception cref="IOException">It does not exist, is empty, is a folder, pipe or device, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream OpenRead(string path, FileOptions options = FileOptions.SequentialScan)
    {
        ArgumentNullException.ThrowIfNull(path);
        RequireRegular(path);
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, options);
        if (file.CanSeek)
        {
            return file;
        }

        file.Dispose();
        throw NotRegular();
    }

    /// <summary>Refuses what is no regular file, without opening it, since opening a pipe waits for its other end.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <exception cref="IOException">It does not exist, is empty, or is a folder, pipe or device.</exception>
    public static void RequireRegular(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
        {
            throw new IOException("it is a folder; name a file.");
        }

        // Pipes, devices and the system's own files state a length of 0.
        var file = new FileInfo(path);
        file = file.LinkTarget is null ? file : (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
        if (!file.Exists)
        {
            throw File.Exists(path) ? NotRegular() : new FileNotFoundException("there is no such file.");
        }

        if (file.Length == 0)
        {
            throw NotRegular();
        }
    }

    private static IOException NotRegular() =>
        new("it holds nothing, or is a pipe or a device: only regular files are read. Write the data to a file first.");
}
