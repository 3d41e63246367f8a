using System.Diagnostics;
using DetectorDsl.Annotations.Tests.Support;

namespace DetectorDsl.Annotations.Tests.Input;

/// <summary>Only regular files are opened; a pipe without a writer is refused instead of waited for.</summary>
public sealed class InputFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ARegularFile_IsOpened_AlsoThroughALink()
    {
        var path = folder.Write("a.json", "[]");
        var link = Path.Combine(folder.Path, "link.json");
        File.CreateSymbolicLink(link, path);
        foreach (var name in new[] { path, link })
        {
            using var file = InputFile.OpenRead(name);
            Assert.Equal(2, file.Length);
        }
    }

    [SkippableFact]
    public void APipe_ADevice_ASystemFile_AreRefused()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such files in its folders.");
        var pipe = Path.Combine(folder.Path, "pipe.json");
        using (var process = Process.Start("mkfifo", pipe))
        {
            process.WaitForExit();
        }

        var link = Path.Combine(folder.Path, "link.json");
        File.CreateSymbolicLink(link, pipe);
        foreach (var path in new[] { pipe, link, "/dev/zero", "/dev/null", "/proc/self/status" }.Where(File.Exists))
        {
            Assert.Contains(
                "only regular files are read",
                Assert.Throws<IOException>(() => InputFile.OpenRead(path)).Message,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void AFolder_AnEmptyFile_AndNothing_AreRefused()
    {
        Assert.Contains(
            "it is a folder",
            Assert.Throws<IOException>(() => InputFile.OpenRead(folder.Path)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "it holds nothing",
            Assert.Throws<IOException>(() => InputFile.OpenRead(folder.Write("a.json", ""))).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<FileNotFoundException>(() => InputFile.OpenRead(Path.Combine(folder.Path, "nothing.json")));
    }
}
