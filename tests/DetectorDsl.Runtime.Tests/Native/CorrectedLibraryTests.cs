using System.Runtime.Versioning;
using DetectorDsl.Native;
using DetectorDsl.Native.Files;
using DetectorDsl.Runtime.Tests.Support;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Native;

public sealed class CorrectedLibraryTests : IDisposable
{
    private static readonly CorrectedLibrary Library = new([1, 2, 3, 4], "hash", "libasks.so");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheFirstRootThatCanBeWritten_IsUsed()
    {
        File.WriteAllText(folder.File("file"), "");
        var (path, image) = Load(folder.File("file"), folder.File("good"), folder.File("other"));
        Assert.Equal(folder.File("good/detectordsl/native/hash/libasks.so"), path);
        Assert.Equal(Library.Image, image);
        Assert.False(Directory.Exists(folder.File("other")));
        Assert.Equal(path, Load(folder.File("good")).Path);
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void FolderThatOthersMayWrite_IsNotLoadedFrom()
    {
        OnLinux();
        var open = CacheRoots.Below(folder.File("root"), "native");
        Directory.CreateDirectory(open);
        File.SetUnixFileMode(open, (UnixFileMode)0x1FF);
        Refused(open);
    }

    [SkippableFact]
    public void LinkToAFolder_IsNotLoadedFrom()
    {
        OnLinux();
        var link = CacheRoots.Below(folder.File("root"), "native");
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        Directory.CreateSymbolicLink(link, Directory.CreateDirectory(folder.File("elsewhere")).FullName);
        Refused(link);
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void CopyThatOthersMayWrite_IsWrittenAnew()
    {
        OnLinux();
        var (path, _) = Load(folder.File("root"));
        File.SetUnixFileMode(path, (UnixFileMode)0x1B6);
        Load(folder.File("root"));
        Assert.True(PrivatePath.IsOwn(path));
    }

    [Fact]
    public void NoFolderAtAll_NamesTheRemedy()
    {
        var error = Assert.Throws<DllNotFoundException>(() => Library.Load([], _ => throw new DllNotFoundException("not permitted")));
        Assert.Contains("XDG_CACHE_HOME", error.Message, StringComparison.Ordinal);
        Assert.Contains("not permitted", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static void OnLinux() => Skip.IfNot(OperatingSystem.IsLinux(), "Owners are looked at on Linux only.");

    private static (string Path, byte[] Image) Load(params string[] roots)
    {
        (string, byte[]) seen = default;
        Assert.Equal(5, Library.Load(roots, path =>
            {
                seen = (path, File.ReadAllBytes(path));
                return 5;
            }));
        return seen;
    }

    // A passing folder takes its place, and is gone at once.
    private void Refused(string place)
    {
        var (path, image) = Load(folder.File("root"));
        Assert.Equal(Library.Image, image);
        Assert.False(path.StartsWith(folder.Path, StringComparison.Ordinal), path);
        Assert.False(Directory.Exists(Path.GetDirectoryName(Path.GetDirectoryName(path))));
        Assert.Empty(Directory.EnumerateFileSystemEntries(place));
    }
}
