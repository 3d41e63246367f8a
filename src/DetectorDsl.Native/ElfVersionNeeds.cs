using System.Buffers.Binary;
using System.Text;

namespace DetectorDsl.Native;

/// <summary>
/// The symbol versions that a 64-bit little-endian ELF library asks of other libraries (section <c>.gnu.version_r</c>, found through the
/// dynamic segment, which stripped libraries keep too) and those it provides (<c>.gnu.version_d</c>).
/// </summary>
/// <remarks>Source: System V ABI, generic part, chapters 4 and 5; Linux Standard Base, "Symbol versioning".</remarks>
public sealed class ElfVersionNeeds
{
    private const int ProgramLoad = 1;
    private const int ProgramDynamic = 2;
    private const long TagStringTable = 5;
    private const long TagSymbolTable = 6;
    private const long TagRela = 7;
    private const long TagRelaSize = 8;
    private const long TagJumpRela = 23;
    private const long TagJumpRelaSize = 2;
    private const long TagVersionSymbols = 0x6ffffff0;
    private const long TagVersionDefinitions = 0x6ffffffc;
    private const long TagVersionDefinitionCount = 0x6ffffffd;
    private const long TagVersionNeeds = 0x6ffffffe;
    private const long TagVersionNeedCount = 0x6fffffff;
    private const ushort WeakFlag = 2;

    // Symbols refer to versions by 15 bits.
    private const int MostVersions = 0x7fff;

    private readonly byte[] image;
    private readonly List<(ulong Address, ulong Offset, ulong Size)> loads = [];
    private readonly Dictionary<long, ulong> tags = [];
    private readonly List<Need> needs = [];
    private readonly HashSet<string> provided = new(StringComparer.Ordinal);

    private ElfVersionNeeds(byte[] image) => this.image = image;

    /// <summary>The versions asked for, in the file's order.</summary>
    public IReadOnlyList<Need> Needs => needs;

    /// <summary>The versions that the library itself provides.</summary>
    public IReadOnlySet<string> Provided => provided;

    /// <summary>Reads a library.</summary>
    /// <param name="image">The whole file; kept, and changed only by <see cref="MarkWeak" />.</param>
    /// <returns>What it asks for and provides.</returns>
    /// <exception cref="ElfException">The bytes are no 64-bit little-endian ELF file, or end early.</exception>
    public static ElfVersionNeeds Parse(byte[] image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var elf = new ElfVersionNeeds(image);
        try
        {
            elf.ReadHeader();
            elf.ReadNeeds();
            elf.ReadDefinitions();
            return elf;
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or OverflowException or IndexOutOfRangeException)
        {
            throw new ElfException("the file ends before its own tables do");
        }
    }

    /// <summary>Whether a relocation refers to a symbol of the given version, so that the library really cannot do without it.</summary>
    /// <param name="need">One of <see cref="Needs" />.</param>
    /// <returns>True where at least one relocation does.</returns>
    /// <exception cref="ElfException">The relocation tables lie outside the file.</exception>
    public bool IsReferenced(Need need)
    {
        if (!tags.TryGetValue(TagVersionSymbols, out var versions))
        {
            return false;
        }

        try
        {
            var versionTable = Offset(versions);
            return RelocatedSymbols(TagRela, TagRelaSize)
                .Concat(RelocatedSymbols(TagJumpRela, TagJumpRelaSize))
                .Any(symbol => symbol != 0 && (U16(versionTable + (2UL * symbol)) & 0x7fff) == need.Index);
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or OverflowException)
        {
            throw new ElfException("the relocation tables lie outside the file");
        }
    }

    /// <summary>Marks a version as one that the loader may find missing.</summary>
    /// <param name="need">One of <see cref="Needs" />.</param>
    public void MarkWeak(Need need) =>
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(checked((int)need.FlagsOffset)), (ushort)(need.Flags | WeakFlag));

    private void ReadHeader()
    {
        if (image.Length < 64 || !image.AsSpan(0, 4).SequenceEqual("\u007fELF"u8))
        {
            throw new ElfException("this is no ELF file");
        }

        if (image[4] != 2 || image[5] != 1)
        {
            throw new ElfException("this is no 64-bit little-endian ELF file");
        }

        var table = U64(32);
        var size = U16(54);
        var count = U16(56);
        (ulong Offset, ulong Size)? dynamic = null;
        for (var index = 0UL; index < count; index++)
        {
            var header = table + (index * size);
            var type = U32(header);
            var (offset, address, length) = (U64(header + 8), U64(header + 16), U64(header + 32));
            if (type == ProgramLoad)
            {
                loads.Add((address, offset, length));
            }
            else if (type == ProgramDynamic)
            {
                dynamic = (offset, length);
            }
        }

        if (dynamic is { } segment)
        {
            for (var entry = segment.Offset; entry + 16 <= segment.Offset + segment.Size; entry += 16)
            {
                var tag = unchecked((long)U64(entry));
                if (tag == 0)
                {
                    break;
                }

                tags[tag] = U64(entry + 8);
            }
        }
    }

    private void ReadNeeds()
    {
        if (!tags.TryGetValue(TagVersionNeeds, out var address) || !tags.TryGetValue(TagVersionNeedCount, out var count))
        {
            return;
        }

        var strings = Offset(tags.GetValueOrDefault(TagStringTable));
        var library = Offset(address);
        for (var index = 0UL; index < count; index++)
        {
            var auxiliaries = U16(library + 2);
            var file = Text(strings + U32(library + 4));
            var auxiliary = library + U32(library + 8);
            for (var item = 0; item < auxiliaries; item++)
            {
                if (needs.Count > MostVersions)
                {
                    throw new ElfException("its table of versions does not end");
                }

                needs.Add(
                    new Need(
                        file,
                        Text(strings + U32(auxiliary + 8)),
                        U16(auxiliary + 4),
                        U16(auxiliary + 6),
                        checked((long)(auxiliary + 4))
                    )
                );
                var next = U32(auxiliary + 12);
                if (next == 0)
                {
                    break;
                }

                auxiliary += next;
            }

            var step = U32(library + 12);
            if (step == 0)
            {
                break;
            }

            library += step;
        }
    }

    private void ReadDefinitions()
    {
        if (!tags.TryGetValue(TagVersionDefinitions, out var address) || !tags.TryGetValue(TagVersionDefinitionCount, out var count))
        {
            return;
        }

        var strings = Offset(tags.GetValueOrDefault(TagStringTable));
        var definition = Offset(address);
        for (var index = 0UL; index < count; index++)
        {
            provided.Add(Text(strings + U32(definition + U32(definition + 12))));
            var step = U32(definition + 16);
            if (step == 0)
            {
                break;
            }

            definition += step;
        }
    }

    private IEnumerable<ulong> RelocatedSymbols(long tableTag, long sizeTag)
    {
        if (!tags.TryGetValue(tableTag, out var address) || !tags.TryGetValue(sizeTag, out var size))
        {
            yield break;
        }

        var table = Offset(address);
        for (var entry = table; entry + 24 <= table + size; entry += 24)
        {
            yield return U64(entry + 8) >> 32;
        }
    }

    private ulong Offset(ulong address)
    {
        foreach (var load in loads)
        {
            if (address >= load.Address && address - load.Address < load.Size)
            {
                return address - load.Address + load.Offset;
            }
        }

        throw new ElfException($"no segment of the file holds address 0x{address:x}");
    }

    private string Text(ulong offset)
    {
        var span = image.AsSpan(checked((int)offset));
        var end = span.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? throw new ArgumentOutOfRangeException(nameof(offset)) : span[..end]);
    }

    private ushort U16(ulong offset) => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(checked((int)offset), 2));

    private uint U32(ulong offset) => BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(checked((int)offset), 4));

    private ulong U64(ulong offset) => BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(checked((int)offset), 8));

    /// <summary>A symbol version asked of a library.</summary>
    /// <param name="Library">The library's soname, for example <c>libstdc++.so.6</c>.</param>
    /// <param name="Version">The version, for example <c>GLIBCXX_3.4.32</c>.</param>
    /// <param name="Flags">The entry's flags; 2 marks it as weak.</param>
    /// <param name="Index">The number by which symbols refer to the version.</param>
    /// <param name="FlagsOffset">Place of the flags in the file, in bytes.</param>
    public sealed record Need(string Library, string Version, ushort Flags, ushort Index, long FlagsOffset)
    {
        /// <summary>Whether the loader may find the version missing.</summary>
        public bool IsWeak => (Flags & WeakFlag) != 0;
    }
}
