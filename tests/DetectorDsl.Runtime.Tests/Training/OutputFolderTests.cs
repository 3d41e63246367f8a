using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Runtime.Training;
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
            Assert.True(Directory.Exists(output.Folder("masks")));
            File.WriteAllText(output.File("note"), "kept");
        }

        using var again = OutputFolder.Open(path);
        Assert.Equal("kept", File.ReadAllText(again.File("note")));
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
        Assert.Contains("--output", Assert.Throws<TrainingException>(() => OutputFolder.Open(folder.File(name))).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void UnwritablePlace_IsExplained()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "A place that nobody can write to, not even an administrator.");
        Assert.Contains("--output", Assert.Throws<TrainingException>(() => OutputFolder.Open("/proc/run")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\0b")]
    public void NamesThatAreNone_AreRefused(string name) =>
        Assert.Contains("--output", Assert.Throws<TrainingException>(() => OutputFolder.Open(name)).Message, StringComparison.Ordinal);
}
