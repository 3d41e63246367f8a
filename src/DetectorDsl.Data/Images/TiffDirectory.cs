using System.Buffers.Binary;

namespace DetectorDsl.Data.Images;

/// <summary>The list of entries that a TIFF's first picture begins with, checked before the library makes room for what it states.</summary>
internal static class TiffDirectory
{
    private const int HeaderLength = 8;
    private const int EntryLength = 12;

    // Bytes of a value by its type's number; of a type that does not exist, one.
    private static ReadOnlySpan<byte> Sizes => [1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

    /// <summary>Refuses a directory with an entry that is larger than the file. The stream is left at its beginning.</summary>
    /// <param name="stream">The file.</param>
    /// <exception cref="TiffException">An entry states more values than the file can hold.</exception>
    public static void Check(Stream stream)
    {
        var header = Read(stream, 0, HeaderLength);
        if (header.Length == HeaderLength)
        {
            var isBig = header[0] == 'M';
            var first = Whole(header.AsSpan(4), isBig);
            var count = Read(stream, first, 2);
            var entries = count.Length == 2 ? Read(stream, first + 2L, EntryLength * Half(count, isBig)) : [];
            for (var at = 0; at + EntryLength <= entries.Length; at += EntryLength)
            {
                var entry = entries.AsSpan(at, EntryLength);
                var (type, values) = (Half(entry[2..], isBig), Whole(entry[4..], isBig));
                if (values * (long)Sizes[type < Sizes.Length ? type : 0] > stream.Length)
                {
                    throw new TiffException(
                        $"entry {Half(entry, isBig)} of its directory states {values} values, which {stream.Length} bytes cannot hold"
                    );
                }
            }
        }

        stream.Position = 0;
    }

    private static byte[] Read(Stream stream, long position, int length)
    {
        stream.Position = Math.Min(position, stream.Length);
        var bytes = new byte[length];
        return bytes[..stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false)];
    }

    private static int Half(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint Whole(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
