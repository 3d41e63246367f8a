using DetectorDsl.Annotations;

namespace DetectorDsl.Weights;

/// <summary>The first bytes of a weights file, by which its kind is told.</summary>
internal static class FileHead
{
    /// <summary>Reads them.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Up to <see cref="FileKind.HeadLength" /> bytes.</returns>
    /// <exception cref="WeightsException">The file is missing, empty, or no regular file.</exception>
    public static byte[] Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new WeightsException($"{path}: no such weights file. Check the path.");
        }

        try
        {
            using var stream = InputFile.OpenRead(path);
            var head = new byte[(int)Math.Min(FileKind.HeadLength, stream.Length)];
            return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new WeightsException(
                $"{path}: cannot be read ({exception.Message.TrimEnd('.')}). Name a file of safetensors, .pth, .pt or .pkl."
            );
        }
    }

    /// <summary>What a file is that holds no weights, in a sentence; null where nothing is recognised.</summary>
    public static string? Foreign(ReadOnlySpan<byte> head) =>
        head.Length > 8 && head[8] == '{' && head[..8].Contains((byte)0) ? null
        : FileKind.IsGzip(head) ? "compressed by gzip: unpack it"
        : FileKind.Describe(head) is { } kind ? kind
        : head.Length > 0
        && head.IndexOfAnyExceptInRange((byte)' ', (byte)'~') is var other
        && (other < 0 || head[other] is (byte)'\n' or (byte)'\r' or (byte)'\t' && !head.Contains((byte)0))
            ? "a text"
        : null;
}
