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

    // Ten groups of seven bits hold any number.
    private const int MostBytes = 10;

    private static readonly double[] Powers = [1, 10, 100, 1_000, 10_000];

    private readonly GrowingBuffer<long> scaled = new();
    private byte[] bytes = new byte[256];
    private int length;

    /// <summary>Packs rings that lie one after the other.</summary>
    /// <param name="coordinates">x0, y0, x1, y1 ... of all rings.</param>
    /// <param name="counts">Number of coordinates of each ring.</param>
    /// <returns>The packed form, valid until the next call.</returns>
    public ReadOnlySpan<byte> Pack(ReadOnlySpan<double> coordinates, ReadOnlySpan<int> counts)
    {
        var decimals = Decimals(coordinates);
        if (decimals != Unscaled)
        {
            var wholes = scaled.Reset(coordinates.Length);
            for (var i = 0; i < wholes.Length; i++)
            {
                wholes[i] = (long)Math.Round(coordinates[i] * Powers[decimals]);
            }

            return Pack(wholes, decimals, counts);
        }

        Begin(Unscaled, counts.Length);
        var start = 0;
        foreach (var count in counts)
        {
            WriteNumber((uint)count);
            WriteUnscaled(coordinates.Slice(start, count));
            start += count;
        }

        return bytes.AsSpan(0, length);
    }

    /// <summary>Packs rings that lie one after the other.</summary>
    /// <param name="wholes">x0, y0, x1, y1 ... of all rings, times ten to the power of the decimals.</param>
    /// <param name="decimals">0 to 4.</param>
    /// <param name="counts">Number of coordinates of each ring.</param>
    /// <returns>The packed form, valid until the next call.</returns>
    public ReadOnlySpan<byte> Pack(ReadOnlySpan<long> wholes, int decimals, ReadOnlySpan<int> counts)
    {
        Begin((byte)decimals, counts.Length);
        var start = 0;
        long x = 0,
            y = 0;
        foreach (var count in counts)
        {
            WriteNumber((uint)count);
            foreach (var whole in wholes.Slice(start, count))
            {
                var step = whole - x;
                WriteNumber((ulong)((step << 1) ^ (step >> 63)));
                (x, y) = (y, whole);
            }

            start += count;
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
        long x = 0,
            y = 0;
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

    private void Begin(byte decimals, int rings)
    {
        bytes[0] = decimals;
        length = 1;
        WriteNumber((uint)rings);
    }

    private void WriteNumber(ulong number)
    {
        Reserve(MostBytes);
        for (; number > 127; number >>= 7)
        {
            bytes[length++] = (byte)(number | 128);
        }

        bytes[length++] = (byte)number;
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
