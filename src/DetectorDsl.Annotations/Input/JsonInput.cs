using System.IO.Compression;

namespace DetectorDsl.Annotations;

/// <summary>Opens JSON files, plain or gzipped, and says of others what they are.</summary>
public static class JsonInput
{
    /// <summary>Opens a file.</summary>
    /// <param name="path">The file; whether it is gzipped is told by its content, not by its name.</param>
    /// <returns>The text in UTF-8, without a buffer of its own.</returns>
    /// <exception cref="AnnotationException">It is of another kind; the message says which and what to do.</exception>
    /// <exception cref="IOException">It cannot be read, or is no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Stream Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = InputFile.OpenRead(path);
        try
        {
            Span<byte> head = stackalloc byte[FileKind.HeadLength];
            head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            if (!FileKind.IsGzip(head))
            {
                Refuse(path, head);
                file.Position = 0;
                return file;
            }

            file.Position = 0;
            using (var beginning = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true))
            {
                Span<byte> unpacked = stackalloc byte[FileKind.HeadLength];
                Refuse(path, unpacked[..beginning.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false)]);
            }

            file.Position = 0;
            return new BoundedExpansion(new GZipStream(file, CompressionMode.Decompress), file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static void Refuse(string path, ReadOnlySpan<byte> head)
    {
        if (FileKind.Describe(head) is { } kind)
        {
            throw new AnnotationException($"{path}: this is no JSON but {kind}.");
        }
    }
}
