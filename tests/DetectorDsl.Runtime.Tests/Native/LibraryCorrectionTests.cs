using DetectorDsl.Native;
using DetectorDsl.Runtime.Tests.Support;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Native;

public sealed class LibraryCorrectionTests : IDisposable
{
    private const string Cpp = ElfVersionNeedsTests.Cpp;

    private readonly TemporaryFolder folder = new();
    private readonly string library;
    private readonly string provider;
    private readonly string cache;

    public LibraryCorrectionTests()
    {
        (library, provider, cache) = (folder.File("libasks.so"), folder.File(Cpp), folder.File("cache"));
        File.WriteAllBytes(library, ElfVersionNeedsTests.Asking().Build());
        File.WriteAllBytes(provider, new ElfImage { Provides = { "GLIBCXX_3.4", "GLIBCXX_3.4.30" } }.Build());
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void NothingLacking_LeavesTheLibraryAlone()
    {
        File.WriteAllBytes(provider, new ElfImage { Provides = { "GLIBCXX_3.4", "GLIBCXX_3.4.32" } }.Build());
        Assert.Equal(library, LibraryCorrection.Loadable(library, Cpp, provider, cache));
        Assert.False(Directory.Exists(cache));
    }

    [Fact]
    public void UnusedVersion_IsWeakInACopy()
    {
        var before = File.ReadAllBytes(library);
        var loadable = LibraryCorrection.Loadable(library, Cpp, provider, cache);
        Assert.StartsWith(cache, loadable, StringComparison.Ordinal);
        Assert.Equal("libasks.so", Path.GetFileName(loadable));
        Assert.Equal(before, File.ReadAllBytes(library));
        Assert.Equal([false, true, true, false], ElfVersionNeeds.Parse(File.ReadAllBytes(loadable)).Needs.Select(need => need.IsWeak));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(loadable)!));

        // The copy itself needs nothing any more.
        Assert.Equal(loadable, LibraryCorrection.Loadable(loadable, Cpp, provider, cache));
    }

    [Fact]
    public void CopyIsMadeOnce_AndAgainWhenDamaged()
    {
        var loadable = LibraryCorrection.Loadable(library, Cpp, provider, cache);
        var whole = File.ReadAllBytes(loadable);
        var then = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(loadable, then);
        Assert.Equal(loadable, LibraryCorrection.Loadable(library, Cpp, provider, cache));
        Assert.Equal(then, File.GetLastWriteTimeUtc(loadable));
        File.WriteAllBytes(loadable, whole[..^9]);
        LibraryCorrection.Loadable(library, Cpp, provider, cache);
        Assert.Equal(whole, File.ReadAllBytes(loadable));
        var damaged = (byte[])whole.Clone();
        damaged[^20] ^= 1;
        File.WriteAllBytes(loadable, damaged);
        LibraryCorrection.Loadable(library, Cpp, provider, cache);
        Assert.Equal(whole, File.ReadAllBytes(loadable));
    }

    [Fact]
    public void AnotherVersionOfTheLibrary_GetsAnotherCopy()
    {
        var first = LibraryCorrection.Loadable(library, Cpp, provider, cache);
        var other = ElfVersionNeedsTests.Asking();
        other.Provides.Add("THIS_2");
        File.WriteAllBytes(library, other.Build());
        Assert.NotEqual(first, LibraryCorrection.Loadable(library, Cpp, provider, cache));
        Assert.True(File.Exists(first));
    }

    [Fact]
    public void UsedVersion_IsNamedWithItsRemedy()
    {
        var image = ElfVersionNeedsTests.Asking();
        image.Symbols.Add(3);
        image.Relocations.Add(1);
        File.WriteAllBytes(library, image.Build());
        var error = Assert.Throws<ElfException>(() => LibraryCorrection.Loadable(library, Cpp, provider, cache));
        Assert.Contains(library, error.Message, StringComparison.Ordinal);
        Assert.Contains("GLIBCXX_3.4.32", error.Message, StringComparison.Ordinal);
        Assert.Contains(provider, error.Message, StringComparison.Ordinal);
        Assert.Contains("Install a newer C++ runtime", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(cache));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FileThatIsNoLibrary_IsNamed(bool itself)
    {
        var file = itself ? library : provider;
        File.WriteAllText(file, "version https://git-lfs.github.com/spec/v1, and so on for more than sixty-four bytes in all");
        var error = Assert.Throws<ElfException>(() => LibraryCorrection.Loadable(library, Cpp, provider, cache));
        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
        Assert.Contains("no ELF file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CacheThatCannotBeWritten_IsAnInputOutputError()
    {
        File.WriteAllText(cache, "a file where the folder should be");
        Assert.ThrowsAny<IOException>(() => LibraryCorrection.Loadable(library, Cpp, provider, cache));
    }

    [Fact]
    public async Task ManyAtOnce_AllGetAWholeCopy()
    {
        var expected = ElfVersionNeedsTests.Asking().Build();
        var elf = ElfVersionNeeds.Parse(expected);
        elf.MarkWeak(elf.Needs[1]);
        const int Starters = 8;
        const int Rounds = 20;
        using var start = new Barrier(Starters);
        await Task.WhenAll(
            Enumerable
                .Range(0, Starters)
                .Select(_ =>
                    Task.Factory.StartNew(
                        () =>
                        {
                            for (var round = 0; round < Rounds; round++)
                            {
                                start.SignalAndWait();
                                Assert.Equal(
                                    expected,
                                    File.ReadAllBytes(LibraryCorrection.Loadable(library, Cpp, provider, $"{cache}{round}"))
                                );
                            }
                        },
                        TaskCreationOptions.LongRunning
                    )
                )
        );

        // Nothing half-written stays behind.
        Assert.All(Enumerable.Range(0, Rounds), round =>
            Assert.Single(Directory.GetFiles($"{cache}{round}", "*", SearchOption.AllDirectories))
        );
    }
}
