using System.Buffers.Binary;

namespace DetectorDsl.Data.Images;

/// <summary>Looks at a file's first and last bytes to see whether it was cut off.</summary>
internal static class ImageEnding
{
    private const int Shortest = 20;

    /// <summary>True where the format's end mark or stated length is met; false where that is not so or the format has neither.</summary>
    public static bool IsWhole(FileStream stream)
    {
        if (stream.Length < Shortest)
        {
            return false;
        }

        Span<byte> first = stackalloc byte[12];
        Span<byte> last = stackalloc byte[8];
        stream.Position = 0;
        stream.ReadExactly(first);
        stream.Position = stream.Length - last.Length;
        stream.ReadExactly(last);
        return first[..2].SequenceEqual<byte>([0xFF, 0xD8]) ? last[^2..].SequenceEqual<byte>([0xFF, 0xD9])
            : first[1..4].SequenceEqual("PNG"u8) ? last[..4].SequenceEqual("IEND"u8)
            : first[..4].SequenceEqual("RIFF"u8) && BinaryPrimitives.ReadUInt32LittleEndian(first[4..8]) + 8L <= stream.Length;
    }
}
