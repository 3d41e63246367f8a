using System.Buffers.Binary;
using System.Text;

namespace DetectorDsl.Runtime.Tests.Native;

/// <summary>A small 64-bit shared library, put together by hand: a segment for the whole file, and the tables that symbol versions need.</summary>
internal sealed class ElfImage
{
    // The file lies elsewhere in memory than in itself, as real ones do.
    private const ulong Base = 0x4000;

    private readonly List<byte> bytes = [.. new byte[64 + (2 * 56)]];
    private readonly List<byte> strings = [0];
    private readonly List<(long Tag, ulong Value)> dynamic = [];

    /// <summary>Versions asked for: library, version, flags, number.</summary>
    public List<(string Library, string Version, ushort Flags, ushort Index)> Needs { get; } = [];

    /// <summary>Versions provided.</summary>
    public List<string> Provides { get; } = [];

    /// <summary>Version numbers of the symbols, from the first; symbol 0 has none.</summary>
    public List<ushort> Symbols { get; } = [];

    /// <summary>Symbols that the relocations of data refer to.</summary>
    public List<int> Relocations { get; } = [];

    /// <summary>Symbols that the relocations of calls refer to.</summary>
    public List<int> CallRelocations { get; } = [];

    public byte[] Build()
    {
        AddNeeds();
        AddDefinitions();
        if (Symbols.Count > 0)
        {
            dynamic.Add((0x6ffffff0, Here()));
            bytes.AddRange(new byte[2]);
            Symbols.ForEach(U16);
            Align();
        }

        AddRelocations(7, 8, Relocations);
        AddRelocations(23, 2, CallRelocations);
        dynamic.Add((5, Here()));
        bytes.AddRange(strings);
        Align();
        var table = bytes.Count;
        foreach (var (tag, value) in dynamic.Append((0L, 0UL)))
        {
            U64(unchecked((ulong)tag));
            U64(value);
        }

        var image = bytes.ToArray();
        WriteHeaders(image, table);
        return image;
    }

    private void AddNeeds()
    {
        if (Needs.Count == 0)
        {
            return;
        }

        var libraries = Needs.GroupBy(need => need.Library).ToList();
        dynamic.Add((0x6ffffffe, Here()));
        dynamic.Add((0x6fffffff, (ulong)libraries.Count));
        foreach (var library in libraries)
        {
            U16(1);
            U16((ushort)library.Count());
            U32(Text(library.Key));
            U32(16);
            U32(library == libraries[^1] ? 0u : (uint)(16 + (16 * library.Count())));
            foreach (var need in library)
            {
                U32(0x1234);
                U16(need.Flags);
                U16(need.Index);
                U32(Text(need.Version));
                U32(need == library.Last() ? 0u : 16);
            }
        }
    }

    private void AddDefinitions()
    {
        if (Provides.Count == 0)
        {
            return;
        }

        dynamic.Add((0x6ffffffc, Here()));
        dynamic.Add((0x6ffffffd, (ulong)Provides.Count));
        for (var i = 0; i < Provides.Count; i++)
        {
            U16(1);
            U16(0);
            U16((ushort)(i + 1));
            U16(1);
            U32(0x1234);
            U32(20);
            U32(i == Provides.Count - 1 ? 0u : 28);
            U32(Text(Provides[i]));
            U32(0);
        }

        Align();
    }

    private void AddRelocations(long table, long size, List<int> symbols)
    {
        if (symbols.Count == 0)
        {
            return;
        }

        dynamic.Add((table, Here()));
        dynamic.Add((size, (ulong)(24 * symbols.Count)));
        foreach (var symbol in symbols)
        {
            U64(0x9000);
            U64(((ulong)symbol << 32) | 7);
            U64(0);
        }
    }

    private static void WriteHeaders(byte[] image, int dynamicTable)
    {
        "\u007fELF"u8.CopyTo(image);
        (image[4], image[5], image[6]) = (2, 1, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(16), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(18), 62);
        BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(32), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(54), 56);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(56), 2);
        Segment(image.AsSpan(64), 1, 0, Base, (ulong)image.Length);
        Segment(image.AsSpan(64 + 56), 2, (ulong)dynamicTable, Base + (ulong)dynamicTable, (ulong)(image.Length - dynamicTable));
    }

    private static void Segment(Span<byte> header, uint type, ulong offset, ulong address, ulong size)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, type);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], offset);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], address);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], size);
        BinaryPrimitives.WriteUInt64LittleEndian(header[40..], size);
    }

    private ulong Here() => Base + (ulong)bytes.Count;

    private uint Text(string text)
    {
        var at = (uint)strings.Count;
        strings.AddRange(Encoding.UTF8.GetBytes(text + '\0'));
        return at;
    }

    private void Align() => bytes.AddRange(new byte[(8 - (bytes.Count % 8)) % 8]);

    private void U16(ushort value) => bytes.AddRange(BitConverter.GetBytes(value));

    private void U32(uint value) => bytes.AddRange(BitConverter.GetBytes(value));

    private void U64(ulong value) => bytes.AddRange(BitConverter.GetBytes(value));
}
