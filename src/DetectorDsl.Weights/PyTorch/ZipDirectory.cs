using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace DetectorDsl.Weights.PyTorch;

/// <summary>Entries of a zip archive that are stored as they are, by the places of their bytes, so that they can be read from the mapped file.</summary>
/// <remarks>Source: PKWARE, .ZIP File Format Specification (APPNOTE), 4.3 to 4.5; with its 64-bit extension, which PyTorch writes.</remarks>
internal static class ZipDirectory
{
    private const uint EndSignature = 0x06054b50;
    private const uint LocatorSignature = 0x07064b50;
    private const uint End64Signature = 0x06064b50;
    private const uint EntrySignature = 0x02014b50;
    private const uint LocalSignature = 0x04034b50;
    private const int EndSize = 22;
    private const int LocatorSize = 20;
    private const int End64Size = 56;
    private const int EntrySize = 46;
    private const int LocalSize = 30;
    private const int LongestComment = ushort.MaxValue;

    /// <summary>Reads the list of entries.</summary>
    /// <param name="path">The archive.</param>
    /// <returns>Place and length of each entry's bytes by its name; no two are of one name.</returns>
    /// <exception cref="WeightsException">The archive is damaged, or an entry is compressed or encrypted.</exception>
    public static ImmutableDictionary<string, (long Start, long Length)> Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            return Read(path, stream);
        }
        catch (EndOfStreamException exception)
        {
            throw Damaged(path, exception.Message);
        }
    }

    private static ImmutableDictionary<string, (long Start, long Length)> Read(string path, FileStream stream)
    {
        var (start, size) = Directory(path, stream);
        var list = Bytes(stream, start, size);
        var entries = ImmutableDictionary.CreateBuilder<string, (long, long)>(StringComparer.Ordinal);
        for (var at = 0; at < list.Length; )
        {
            var entry = list.AsSpan(at);
            if (entry.Length < EntrySize || BinaryPrimitives.ReadUInt32LittleEndian(entry) != EntrySignature)
            {
                throw Damaged(path, $"no entry at byte {start + at}");
            }

            var (nameLength, extraLength, commentLength) = (Short(entry, 28), Short(entry, 30), Short(entry, 32));
            var whole = EntrySize + nameLength + extraLength + commentLength;
            if (whole > entry.Length)
            {
                throw Damaged(path, $"the entry at byte {start + at} is cut off");
            }

            var name = Encoding.UTF8.GetString(entry.Slice(EntrySize, nameLength));
            var (packed, length, local) = Sizes(path, entry, entry.Slice(EntrySize + nameLength, extraLength));
            if (Short(entry, 10) != 0 || (Short(entry, 8) & 1) != 0 || packed != length)
            {
                throw new WeightsException(
                    $"{path}: entry '{name}' is compressed or encrypted, which torch.save never does. Save the weights anew with torch.save."
                );
            }

            if (!entries.TryAdd(name, (Data(path, stream, entry.Slice(EntrySize, nameLength), local, length), length)))
            {
                throw new WeightsException(
                    $"{path}: the archive has two entries '{name}', which torch.save never writes. Save the weights anew with torch.save."
                );
            }

            at += whole;
        }

        return entries.ToImmutable();
    }

    private static (long Start, int Size) Directory(string path, FileStream stream)
    {
        var tailLength = (int)Math.Min(stream.Length, EndSize + LongestComment);
        var tail = Bytes(stream, stream.Length - tailLength, tailLength);
        var end = tailLength - EndSize;
        while (
            end >= 0
            && !(
                BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end)) == EndSignature
                && Short(tail.AsSpan(end), 20) == tailLength - end - EndSize
            )
        )
        {
            end--;
        }

        if (end < 0)
        {
            throw Damaged(path, "its end is missing");
        }

        var (start, size) = ((long)Word(tail.AsSpan(end), 16), (long)Word(tail.AsSpan(end), 12));
        if (start == uint.MaxValue || size == uint.MaxValue)
        {
            (start, size) = Directory64(path, stream, stream.Length - tailLength + end - LocatorSize);
        }

        return start >= 0 && size >= 0 && size <= int.MaxValue && start <= stream.Length - size
            ? (start, (int)size)
            : throw Damaged(path, "its list of entries lies outside the file");
    }

    private static (long Start, long Size) Directory64(string path, FileStream stream, long locatorAt)
    {
        var locator = Bytes(stream, locatorAt, LocatorSize);
        var end =
            Word(locator, 0) == LocatorSignature
                ? Bytes(stream, Long(locator, 8), End64Size)
                : throw Damaged(path, "its 64-bit end is missing");
        return Word(end, 0) == End64Signature ? (Long(end, 48), Long(end, 40)) : throw Damaged(path, "its 64-bit end is missing");
    }

    // A size or place that 32 bits cannot hold stands in the 64-bit extra field, in this order.
    private static (long Packed, long Length, long Local) Sizes(string path, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> extra)
    {
        (long packed, long length, long local) = (Word(entry, 20), Word(entry, 24), Word(entry, 42));
        var large = Extra64(extra);
        if (length == uint.MaxValue)
        {
            length = Next(ref large);
        }

        if (packed == uint.MaxValue)
        {
            packed = Next(ref large);
        }

        if (local == uint.MaxValue)
        {
            local = Next(ref large);
        }

        return (packed, length, local);

        long Next(ref ReadOnlySpan<byte> numbers)
        {
            var number = numbers.Length >= 8 ? Long(numbers, 0) : throw Damaged(path, "a 64-bit size is missing");
            numbers = numbers[8..];
            return number;
        }
    }

    private static ReadOnlySpan<byte> Extra64(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var (id, length) = (Short(extra, 0), Math.Min(Short(extra, 2), extra.Length - 4));
            if (id == 1)
            {
                return extra.Slice(4, length);
            }

            extra = extra[(4 + length)..];
        }

        return [];
    }

    private static long Data(string path, FileStream stream, ReadOnlySpan<byte> named, long local, long length)
    {
        var name = Encoding.UTF8.GetString(named);
        var header = Bytes(stream, local, LocalSize);
        if (Word(header, 0) != LocalSignature)
        {
            throw Damaged(path, $"entry '{name}' does not begin at byte {local}");
        }

        // Else the list could give an entry the bytes of another one.
        if (!Bytes(stream, local + LocalSize, Short(header, 26)).AsSpan().SequenceEqual(named))
        {
            throw new WeightsException(
                $"{path}: entry '{name}' of the archive's list is called otherwise where it begins, which torch.save never does. Save the weights anew with torch.save."
            );
        }

        var start = local + LocalSize + Short(header, 26) + Short(header, 28);
        return length >= 0 && start <= stream.Length - length ? start : throw Damaged(path, $"entry '{name}' is cut off");
    }

    private static byte[] Bytes(FileStream stream, long start, int count)
    {
        if (start < 0 || start > stream.Length - count)
        {
            throw new EndOfStreamException($"{count} bytes are wanted at byte {start} of {stream.Length}");
        }

        var bytes = new byte[count];
        stream.Position = start;
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static int Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long Long(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    private static WeightsException Damaged(string path, string what) =>
        new($"{path}: the archive is damaged or cut off ({what}). Copy the file again.");
}
