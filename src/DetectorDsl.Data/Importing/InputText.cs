using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Importing;

/// <summary>Text files of other formats: regular ones of a size that their content can have.</summary>
internal static class InputText
{
    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The file at its beginning.</returns>
    /// <exception cref="IOException">It is no regular file, or larger than such a file can be.</exception>
    public static FileStream Open(string path)
    {
        var stream = InputFile.OpenRead(path);
        if (stream.Length <= InputBudget.LargestEntry)
        {
            return stream;
        }

        var length = stream.Length;
        stream.Dispose();
        throw new IOException(
            FormattableString.Invariant($"it holds {length} bytes, and {InputBudget.LargestEntry} are the most of such a file")
        );
    }

    /// <summary>Reads all lines; an empty file has none.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The lines without their ends.</returns>
    /// <exception cref="IOException">As for <see cref="Open" />.</exception>
    public static string[] Lines(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: 0, LinkTarget: null })
        {
            return [];
        }

        using var reader = new StreamReader(Open(path));
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return [.. lines];
    }
}
