using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace DetectorDsl.Annotations;

/// <summary>
/// Rings in about a quarter of the memory, without loss: coordinates as annotation tools write them, with few decimals, become whole numbers, of
/// which the steps from point to point are stored; others stay as they are.
/// </summary>
/// <remarks>
/// Form: decimals (one byte; <see cref="Unscaled" /> for eight bytes a coordinate), number of rings, and for each ring the number of its coordinates
/// and the coordinates. Numbers are in groups of seven bits, signs in the lowest bit. A coordinate is the whole number divided by a power of ten, which
/// rounds as reading its decimal text does.
/// </remarks>
internal sealed class PackedRings
{
    private const byte Unscaled = 255;

    private static readonly double[] Powers = [1, 10, 100, 1_000, 10_000];

    private byte[] bytes = new byte[256];
    private int length;

    /// <summary>Packs rings that lie one after the other.</summary>
    /// <param name="coordinates">x0, y0, x1, y1 ... of all rings.</param>
    /// <param name="counts">Number of coordinates of each ring.</param>
    /// <returns>The packed form, valid until the next call.</returns>
    public ReadOnlySpan<byte> Pack(ReadOnlySpan<double> coordinates, ReadOnlySpan<int> counts)
    {
        length = 0;
        var decimals = Decimals(coordinates);
        Write(decimals);
        WriteNumber((uint)counts.Length);
        var start = 0;
        long x = 0, y = 0;
        foreach (var count in counts)
        {
            WriteNumber((uint)count);
            var ring = coordinates.Slice(start, count);
            start += count;
            if (decimals == Unscaled)
            {
                WriteUnscaled(ring);
                continue;
            }

            foreach (var coordinate in ring)
            {
                var whole = (long)Math.Round(coordinate * Powers[decimals]);
                var step = whole - x;
                WriteNumber((ulong)((step << 1) ^ (step >> 63)));
                (x, y) = (y, whole);
            }
        }

        return bytes.AsSpan(0, length);
    }

    /// <summary>Packs rings.</summary>
    public static byte[] Pack(ImmutableArray<ImmutableArray<double>> rings) =>
        new PackedRings().Pack([.. rings.SelectMany(ring => ring)], [.. rings.Select(ring => ring.Length)]).ToArray();

    /// <summary>The rings of a packed form.</summary>
    public static ImmutableArray<ImmutableArray<double>> Unpack(ReadOnlySpan<byte> packed)
    {
        var decimals = packed[0];
        var place = 1;
        var rings = new ImmutableArray<double>[ReadNumber(packed, ref place)];
        long x = 0, y = 0;
        for (var i = 0; i < rings.Length; i++)
        {
            var ring = new double[ReadNumber(packed, ref place)];
            for (var j = 0; j < ring.Length; j++)
            {
                if (decimals == Unscaled)
                {
                    ring[j] = BinaryPrimitives.ReadDoubleLittleEndian(packed[place..]);
                    place += sizeof(double);
                    continue;
                }

                var step = ReadNumber(packed, ref place);
                (x, y) = (y, x + ((long)(step >> 1) ^ -(long)(step & 1)));
                ring[j] = y / Powers[decimals];
            }

            rings[i] = ImmutableCollectionsMarshal.AsImmutableArray(ring);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(rings);
    }

    private static byte Decimals(ReadOnlySpan<double> coordinates)
    {
        for (var decimals = 0; decimals < Powers.Length; decimals++)
        {
            if (AreWhole(coordinates, Powers[decimals]))
            {
                return (byte)decimals;
            }
        }

        return Unscaled;
    }

    private static bool AreWhole(ReadOnlySpan<double> coordinates, double power)
    {
        foreach (var coordinate in coordinates)
        {
            var whole = Math.Round(coordinate * power);
            if (!(Math.Abs(whole) < int.MaxValue) || whole / power != coordinate)
            {
                return false;
            }
        }

        return true;
    }

    private void WriteUnscaled(ReadOnlySpan<double> ring)
    {
        foreach (var coordinate in ring)
        {
            Reserve(sizeof(double));
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(length), coordinate);
            length += sizeof(double);
        }
    }

    private void WriteNumber(ulong number)
    {
        for (; number > 127; number >>= 7)
        {
            Write((byte)(number | 128));
        }

        Write((byte)number);
    }

    private void Write(byte value)
    {
        Reserve(1);
        bytes[length++] = value;
    }

    private void Reserve(int more)
    {
        if (length + more > bytes.Length)
        {
            Array.Resize(ref bytes, 2 * bytes.Length);
        }
    }

    private static ulong ReadNumber(ReadOnlySpan<byte> packed, ref int place)
    {
        ulong number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = packed[place++];
            number |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return number;
            }
        }
    }
}
