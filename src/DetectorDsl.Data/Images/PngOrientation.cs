using System.Buffers.Binary;
using SkiaSharp;

namespace DetectorDsl.Data.Images;

/// <summary>The EXIF orientation of a PNG (chunk <c>eXIf</c>), which Skia passes over.</summary>
/// <remarks>Source: PNG specification, third edition, 11.3.4.4; EXIF 2.3, tag 274.</remarks>
internal static class PngOrientation
{
    private const int SignatureLength = 8;
    private const int MostBytes = 1 << 20;
    private const int EntryLength = 12;
    private const ushort Tag = 0x0112;

    /// <summary>Looks through the chunks of a PNG.</summary>
    /// <param name="png">The file from its beginning; is left anywhere.</param>
    /// <returns>The orientation; upright where it states none.</returns>
    public static SKEncodedOrigin Of(Stream png)
    {
        Span<byte> head = stackalloc byte[8];
        for (long at = SignatureLength; at + head.Length <= png.Length; )
        {
            png.Position = at;
            png.ReadExactly(head);
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (head[4..].SequenceEqual("eXIf"u8) && length <= Math.Min(MostBytes, png.Length - at - head.Length))
            {
                var exif = new byte[length];
                png.ReadExactly(exif);
                return OfExif(exif);
            }

            at += length + EntryLength;
        }

        return SKEncodedOrigin.TopLeft;
    }

    private static SKEncodedOrigin OfExif(ReadOnlySpan<byte> exif)
    {
        // Some writers keep the mark of a JPEG's segment.
        exif = exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif;
        var isLittle = exif.StartsWith("II*\0"u8);
        if (exif.Length < SignatureLength || !(isLittle || exif.StartsWith("MM\0*"u8)))
        {
            return SKEncodedOrigin.TopLeft;
        }

        var directory =
            (isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(exif[4..]) : BinaryPrimitives.ReadUInt32BigEndian(exif[4..])) is var offset
            && offset <= exif.Length - 2
                ? exif[(int)offset..]
                : [];
        var entries = directory.Length < 2 ? [] : directory[2..];
        for (
            var left = directory.Length < 2 ? 0 : Short(directory);
            left > 0 && entries.Length >= EntryLength;
            left--, entries = entries[EntryLength..]
        )
        {
            if (Short(entries) == Tag)
            {
                return Short(entries[8..]) is >= 1 and <= 8 and var origin ? (SKEncodedOrigin)origin : SKEncodedOrigin.TopLeft;
            }
        }

        return SKEncodedOrigin.TopLeft;

        ushort Short(ReadOnlySpan<byte> bytes) =>
            isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }
}
