using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Training;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Training;

public sealed class OutputFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void FolderIsMade_AndFreedAfterwards()
    {
        var path = Path.Combine(folder.Path, "runs", "first");
        using (var output = OutputFolder.Open(path))
        {
            Assert.Equal(path, output.Path);
            Assert.Equal(Path.Combine(path, "last.safetensors"), output.LastCheckpoint);
            Assert.Equal(Path.Combine(path, "log.jsonl"), output.Log);
            Assert.Equal(Path.Combine(path, "metrics.json"), output.Metrics);
            Assert.Equal(Path.Combine(path, "configuration.json"), output.Configuration);
            output.Write("masks/note", stream => stream.Write("kept"u8));
        }

        using var again = OutputFolder.Open(path);
        Assert.Equal("kept", File.ReadAllText(again.File("masks/note")));
    }

    [Fact]
    public void OnlyWhatTheManifestListsIsRemoved()
    {
        File.WriteAllText(folder.File("own.tmp"), "");
        Directory.CreateDirectory(folder.File("pictures"));
        File.WriteAllText(folder.File("pictures/holiday.jpg"), "");
        using (var output = OutputFolder.Open(folder.Path))
        {
            output.Write("pictures/1.jpg", stream => stream.Write("drawn"u8));
            Assert.Throws<InvalidOperationException>(() => output.Write("2.json", _ => throw new InvalidOperationException("no")));
        }

        // As a kill leaves it: the name was entered before the part was opened.
        var part = folder.File($"2.json.{Environment.ProcessId}.tmp");
        File.WriteAllText(part, "half");
        using (var output = OutputFolder.Open(folder.Path))
        {
            Assert.True(File.Exists(part));
            output.Begin();
            output.Forget(name => name.StartsWith("pictures/", StringComparison.Ordinal));
        }

        Assert.Equal(
            [".files", "holiday.jpg", "own.tmp"],
            Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void APathOutOfTheFolderIsNeverFollowed()
    {
        File.WriteAllText(folder.File("outside"), "");
        var inside = Directory.CreateDirectory(folder.File("run")).FullName;
        File.WriteAllText(Path.Combine(inside, ".files"), $"\"../outside\"\n\"{folder.File("outside")}\"\n\"half a li");
        using var output = OutputFolder.Open(inside);
        output.Forget(_ => true);
        Assert.True(File.Exists(folder.File("outside")));
    }

    [Fact]
    public void AFileOfOthersIsNeitherTakenNorReplaced()
    {
        File.WriteAllText(folder.File("metrics.json"), "own");
        File.WriteAllText(folder.File("a.jpg"), "own");
        using var output = OutputFolder.Open(folder.Path);
        Assert.Contains(
            "metrics.json",
            Assert.Throws<TrainingException>(() => output.RequireFree("log.jsonl", "metrics.json")).Message,
            StringComparison.Ordinal
        );
        output.WriteBeside("a.jpg", stream => stream.Write("drawn"u8));
        output.WriteBeside("a.jpg", stream => stream.Write("again"u8));
        Assert.Equal("own", File.ReadAllText(folder.File("a.jpg")));
        Assert.Equal("again", File.ReadAllText(folder.File("a-2.jpg")));
        output.RequireFree("a-2.jpg");
    }

    [Fact]
    public void TheFilesOfARunOfAnEarlierVersion_AreARunsOwn()
    {
        File.WriteAllText(folder.File("metrics.json"), "earlier");
        File.WriteAllText(folder.File("log.jsonl"), "");
        using var output = OutputFolder.Open(folder.Path);
        output.RequireFree("metrics.json");
        output.Begin();
        output.Forget(name => name == "metrics.json");
        Assert.False(File.Exists(output.Metrics));
    }

    [SkippableFact]
    public void DataWithinTheFolderIsSeen_ThroughLinksToo()
    {
        Skip.If(OperatingSystem.IsWindows(), "Links need a right of their own there.");
        Directory.CreateDirectory(folder.File("run/train"));
        Directory.CreateDirectory(folder.File("other"));
        Directory.CreateSymbolicLink(folder.File("link"), folder.File("run"));
        using var output = OutputFolder.Open(folder.File("link"));
        output.RequireOutside(folder.File("other"), folder.Path, folder.File("runs"));
        foreach (
            var path in new[]
            {
                folder.File("run"),
                folder.File("run/train"),
                folder.File("link/train"),
                folder.File("run/./other/../train/"),
            }
        )
        {
            Assert.Contains(
                "holds data of this run",
                Assert.Throws<TrainingException>(() => output.RequireOutside(path)).Message,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void AFolderThatWasMadeForNothing_IsGoneAgain()
    {
        OutputFolder.Open(folder.File("new")).Dispose();
        Assert.False(Directory.Exists(folder.File("new")));
    }

    [Fact]
    public void SecondRun_IsTurnedAway()
    {
        using var first = OutputFolder.Open(folder.Path);
        var error = Assert.Throws<TrainingException>(() => OutputFolder.Open(folder.Path));
        Assert.StartsWith(folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("in use by another run", error.Message, StringComparison.Ordinal);
        Assert.Contains("--output", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("taken")]
    [InlineData("taken/below")]
    public void FileInThePlaceOfAFolder_IsExplained(string name)
    {
        File.WriteAllText(folder.File("taken"), "");
        Assert.Contains(
            "--output",
            Assert.Throws<TrainingException>(() => OutputFolder.Open(folder.File(name))).Message,
            StringComparison.Ordinal
        );
    }

    [SkippableFact]
    public void UnwritablePlace_IsExplained()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "A place that nobody can write to, not even an administrator.");
        Assert.Contains(
            "--output",
            Assert.Throws<TrainingException>(() => OutputFolder.Open("/proc/run")).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\0b")]
    public void NamesThatAreNone_AreRefused(string name) =>
        Assert.Contains("--output", Assert.Throws<TrainingException>(() => OutputFolder.Open(name)).Message, StringComparison.Ordinal);
}
