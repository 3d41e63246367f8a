using System.Text;

namespace DetectorDsl.Annotations;

/// <summary>What a file is, by its first bytes, where it is not the text that was wanted.</summary>
public static class FileKind
{
    /// <summary>Bytes of a file's beginning that are enough to tell.</summary>
    public const int HeadLength = 512;

    private const int TarMark = 257;

    private static readonly (byte[] Mark, string What)[] Marks =
    [
        ([0x50, 0x4B, 0x03, 0x04], "a zip archive (PyTorch's weights are such, too): unpack it and name the file in it"),
        ([0x42, 0x5A, 0x68], "compressed by bzip2: unpack it, or pack it with gzip instead"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "compressed by xz: unpack it, or pack it with gzip instead"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed by zstd: unpack it, or pack it with gzip instead"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive: unpack it and name the file in it"),
        ("Rar!"u8.ToArray(), "a rar archive: unpack it and name the file in it"),
        ([0xFF, 0xD8, 0xFF], "a JPEG image"),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG image"),
        ("GIF8"u8.ToArray(), "a GIF image"),
        ([0x49, 0x49, 0x2A, 0x00], "a TIFF image"),
        ([0x4D, 0x4D, 0x00, 0x2A], "a TIFF image"),
        ("%PDF"u8.ToArray(), "a PDF document"),
        ([0x89, 0x48, 0x44, 0x46], "an HDF5 file"),
        ("PAR1"u8.ToArray(), "a Parquet table"),
        ("SQLite format 3"u8.ToArray(), "an SQLite database"),
        ([0x80, 0x02], "a Python pickle"),
        ([0x80, 0x03], "a Python pickle"),
        ([0x80, 0x04], "a Python pickle"),
        ([0x80, 0x05], "a Python pickle"),
        ("version https://git-lfs"u8.ToArray(), "a pointer of Git LFS that stands for the file: fetch the file itself with 'git lfs pull'"),
        ([0xFF, 0xFE], "text in UTF-16: save it as UTF-8"),
        ([0xFE, 0xFF], "text in UTF-16: save it as UTF-8"),
        ([0x00, 0x00, 0xFE, 0xFF], "text in UTF-32: save it as UTF-8"),
    ];

    /// <summary>Whether a file is compressed by gzip, whatever its name.</summary>
    /// <param name="head">The file's first bytes.</param>
    /// <returns>True if so.</returns>
    public static bool IsGzip(ReadOnlySpan<byte> head) => head.StartsWith<byte>([0x1F, 0x8B]);

    /// <summary>What a file is that should have been text of UTF-8.</summary>
    /// <param name="head">The file's first bytes, up to <see cref="HeadLength" />.</param>
    /// <returns>Such as <c>a zip archive: unpack it and name the file in it</c>; null where nothing else is recognised.</returns>
    public static string? Describe(ReadOnlySpan<byte> head)
    {
        foreach (var (mark, what) in Marks)
        {
            if (head.StartsWith(mark))
            {
                return what;
            }
        }

        return head.Length > 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8) ? "a WebP image"
            : head.Length > 26 && head.StartsWith("BM"u8) && head[6..10].IndexOfAnyExcept((byte)0) < 0 ? "a BMP image"
            : head.Length > TarMark + 5 && head[TarMark..].StartsWith("ustar"u8) ? "a tar archive: unpack it and name the file in it"
            : head.Length > 9 && head[8] == '{' && head[..8].IndexOf((byte)0) > 0 ? "a file of weights in the safetensors format"
            : head.Length > 3 && (head[0] == 0) != (head[1] == 0) && (head[2] == 0) != (head[3] == 0) ? "text in UTF-16: save it as UTF-8"
            : OfMarkup(head);
    }

    private static string? OfMarkup(ReadOnlySpan<byte> head)
    {
        head = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        head = head.TrimStart(" \t\r\n"u8);
        if (head.IsEmpty || head[0] != '<')
        {
            return null;
        }

        var text = Encoding.Latin1.GetString(head);
        return
            text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            ? "a web page (HTML), such as a server sends in place of a file: download the file itself"
            : "XML: convert reads such annotations where they are Pascal VOC's";
    }
}
