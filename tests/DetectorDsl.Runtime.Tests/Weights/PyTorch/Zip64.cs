using System.Buffers.Binary;

namespace DetectorDsl.Runtime.Tests.Weights.PyTorch;

/// <summary>Zip archives with sizes and places in the 64-bit extension (APPNOTE 4.3.14, 4.3.15, 4.5.3).</summary>
internal static class Zip64
{
    /// <summary>Rewrites the list of entries of a plain archive without a comment.</summary>
    public static byte[] Of(byte[] archive)
    {
        var end = archive.AsSpan(archive.Length - 22);
        var (size, start) = (BinaryPrimitives.ReadInt32LittleEndian(end[12..]), BinaryPrimitives.ReadInt32LittleEndian(end[16..]));
        List<byte> list = [];
        for (var at = start; at < start + size; )
        {
            var entry = archive.AsSpan(at);
            int Short(int place) => BinaryPrimitives.ReadUInt16LittleEndian(archive.AsSpan(at + place));
            long Word(int place) => BinaryPrimitives.ReadUInt32LittleEndian(archive.AsSpan(at + place));
            var name = Short(28);
            Assert(Short(30) == 0 && Short(32) == 0);
            byte[] fixedPart = entry[..46].ToArray();
            foreach (var place in new[] { 20, 24, 42 })
            {
                BinaryPrimitives.WriteUInt32LittleEndian(fixedPart.AsSpan(place), uint.MaxValue);
            }

            BinaryPrimitives.WriteUInt16LittleEndian(fixedPart.AsSpan(30), 34);
            list.AddRange([
                .. fixedPart,
                .. entry.Slice(46, name).ToArray(),
                9,
                9,
                2,
                0,
                0,
                0,
                1,
                0,
                24,
                0,
                .. Longs(Word(24), Word(20), Word(42)),
            ]);
            at += 46 + name;
        }

        byte[] ending = [.. end.ToArray()];
        ending.AsSpan(12, 8).Fill(0xff);
        return
        [
            .. archive[..start],
            .. list,
            0x50,
            0x4b,
            6,
            6,
            .. Longs(44),
            45,
            0,
            45,
            0,
            .. new byte[8],
            .. Longs(1, 1, list.Count, start),
            0x50,
            0x4b,
            6,
            7,
            0,
            0,
            0,
            0,
            .. Longs(start + list.Count),
            1,
            0,
            0,
            0,
            .. ending,
        ];
    }

    private static byte[] Longs(params IEnumerable<long> numbers) => [.. numbers.SelectMany(BitConverter.GetBytes)];

    private static void Assert(bool holds) => Xunit.Assert.True(holds);
}
