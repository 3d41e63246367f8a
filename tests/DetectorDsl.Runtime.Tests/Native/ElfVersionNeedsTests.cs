using DetectorDsl.Native;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Native;

public sealed class ElfVersionNeedsTests
{
    internal const string Cpp = "libstdc++.so.6";

    [Fact]
    public void VersionsAreReadInOrder()
    {
        var elf = ElfVersionNeeds.Parse(Asking().Build());
        Assert.Equal(
            [
                (Cpp, "GLIBCXX_3.4", false, 2),
                (Cpp, "GLIBCXX_3.4.32", false, 3),
                (Cpp, "CXXABI_1.3", true, 4),
                ("libc.so.6", "GLIBC_2.34", false, 5),
            ],
            elf.Needs.Select(need => (need.Library, need.Version, need.IsWeak, (int)need.Index))
        );
        Assert.Equal(["libthis.so", "THIS_1"], elf.Provided.Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public void LibraryWithoutVersions_AsksForNothing()
    {
        var elf = ElfVersionNeeds.Parse(new ElfImage().Build());
        Assert.Empty(elf.Needs);
        Assert.Empty(elf.Provided);
    }

    [Fact]
    public void OnlyWhatIsNeitherWeakNorProvided_IsLacking()
    {
        var provider = new ElfImage { Provides = { "GLIBCXX_3.4", "GLIBCXX_3.4.30" } };
        var lacking = LibraryCorrection.Lacking(ElfVersionNeeds.Parse(Asking().Build()), Cpp, ElfVersionNeeds.Parse(provider.Build()));
        Assert.Equal(["GLIBCXX_3.4.32"], lacking.Select(need => need.Version));
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    public void VersionIsUsed_WhereARelocationNamesASymbolOfIt(bool data, bool call, bool expected)
    {
        // Symbol 2 has version 3, marked as hidden by its highest bit; symbol 1 has version 2.
        var image = Asking();
        image.Symbols.AddRange([2, 0x8003]);
        image.Relocations.AddRange(data ? [0, 1, 2] : [0, 1]);
        image.CallRelocations.AddRange(call ? [1, 2] : [1]);
        var elf = ElfVersionNeeds.Parse(image.Build());
        Assert.Equal(expected, elf.IsReferenced(elf.Needs[1]));
        Assert.True(elf.IsReferenced(elf.Needs[0]));
        Assert.False(elf.IsReferenced(elf.Needs[3]));
    }

    [Fact]
    public void WithoutSymbolVersions_NothingIsUsed()
    {
        var image = Asking();
        image.Relocations.Add(1);
        var elf = ElfVersionNeeds.Parse(image.Build());
        Assert.False(elf.IsReferenced(elf.Needs[1]));
    }

    [Fact]
    public void MarkingChangesOneFlagAndNothingElse()
    {
        var image = Asking().Build();
        var before = (byte[])image.Clone();
        var elf = ElfVersionNeeds.Parse(image);
        elf.MarkWeak(elf.Needs[1]);
        Assert.Equal([false, true, true, false], ElfVersionNeeds.Parse(image).Needs.Select(need => need.IsWeak));
        var changed = Enumerable.Range(0, image.Length).Where(i => image[i] != before[i]);
        Assert.Equal([(int)elf.Needs[1].FlagsOffset], changed);
    }

    [Fact]
    public void FileCutOffAnywhere_IsRefused()
    {
        var image = Asking();
        image.Symbols.AddRange([2, 3]);
        image.Relocations.AddRange([1, 2]);
        var whole = image.Build();

        // The last eight bytes belong to the entry that ends the dynamic table; they are not read.
        for (var length = 0; length < whole.Length - 8; length++)
        {
            var error = Assert.Throws<ElfException>(() => ElfVersionNeeds.Parse(whole[..length]));
            Assert.NotEmpty(error.Message);
        }

        Assert.Equal(4, ElfVersionNeeds.Parse(whole[..^8]).Needs.Count);
    }

    [Fact]
    public void FlippedBytes_GiveAnErrorOrAnAnswer()
    {
        var image = Asking();
        image.Symbols.AddRange([2, 3]);
        image.Relocations.AddRange([1, 2]);
        var whole = image.Build();
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var flip in new byte[] { 0xff, 0x80, 0x01 })
            {
                var damaged = (byte[])whole.Clone();
                damaged[at] ^= flip;
                try
                {
                    var elf = ElfVersionNeeds.Parse(damaged);
                    _ = elf.Needs.Count(elf.IsReferenced);
                }
                catch (ElfException)
                {
                    // Refused, as it may be.
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 0, "no ELF file")]
    [InlineData(4, 1, "64-bit little-endian")]
    [InlineData(5, 2, "64-bit little-endian")]
    public void OtherFiles_AreRefused(int at, byte value, string message)
    {
        var image = Asking().Build();
        image[at] = value;
        Assert.Contains(message, Assert.Throws<ElfException>(() => ElfVersionNeeds.Parse(image)).Message, StringComparison.Ordinal);
    }

    internal static ElfImage Asking() =>
        new()
        {
            Needs =
            {
                (Cpp, "GLIBCXX_3.4", 0, 2),
                (Cpp, "GLIBCXX_3.4.32", 0, 3),
                (Cpp, "CXXABI_1.3", 2, 4),
                ("libc.so.6", "GLIBC_2.34", 0, 5),
            },
            Provides = { "libthis.so", "THIS_1" },
        };
}
