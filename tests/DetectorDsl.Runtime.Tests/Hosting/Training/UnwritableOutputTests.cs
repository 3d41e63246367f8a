using DetectorDsl.Training;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.Training;

public sealed class UnwritableOutputTests : IDisposable
{
    private const string FullDevice = "Only Linux has a device that is always full.";

    private static readonly TrainingSettings Settings = new()
    {
        Epochs = 2,
        BatchSize = 2,
        CheckpointEvery = 0,
    };

    private readonly Workshop workshop = new();

    [Fact]
    public void AFolderBelowAFile_IsRefused()
    {
        var message = Assert.Throws<TrainingException>(() => workshop.Output("train.json/out")).Message;
        Assert.Contains("train.json", message, StringComparison.Ordinal);
        Assert.Contains("--output", message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void AFullDisk_LeavesTheCheckpointBeforeAndSaysSo()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), FullDevice);
        using var output = workshop.Output();
        Train(output, Settings);
        var before = File.ReadAllBytes(output.LastCheckpoint);
        File.CreateSymbolicLink($"{output.LastCheckpoint}.{Environment.ProcessId}.tmp", "/dev/full");
        var message = Assert.Throws<TrainingException>(() => Train(output, Settings with { Epochs = 3 })).Message;
        Assert.Contains("last.safetensors: cannot be written", message, StringComparison.Ordinal);
        Assert.Contains("Free space", message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(output.LastCheckpoint));
        Assert.Empty(Directory.GetFiles(output.Path, "*.tmp"));
    }

    [Fact]
    public void ACheckpointThatCannotTakeItsPlace_IsNamed()
    {
        using var output = workshop.Output();
        Directory.CreateDirectory(Path.Combine(output.LastCheckpoint, "in the way"));
        Assert.Contains(
            "last.safetensors",
            Assert.Throws<TrainingException>(() => Train(output, Settings)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ALogThatCannotBeOpened_IsToldAndEndsNothing()
    {
        using var output = workshop.Output();
        Directory.CreateDirectory(output.Log);
        Train(output, Settings);
        Assert.Contains(
            "log.jsonl: the log cannot be written",
            Assert.Single(workshop.Messages, text => text.Contains("log.jsonl", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(output.LastCheckpoint));
    }

    [SkippableFact]
    public void ALogOnAFullDisk_IsToldAndEndsNothing()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), FullDevice);
        using var output = workshop.Output();
        File.CreateSymbolicLink(output.Log, "/dev/full");
        Train(output, Settings);
        Assert.Single(workshop.Messages, text => text.Contains("log.jsonl: the log cannot be written", StringComparison.Ordinal));
        Assert.True(File.Exists(output.LastCheckpoint));
    }

    public void Dispose() => workshop.Dispose();

    private void Train(OutputFolder output, TrainingSettings settings)
    {
        using var model = new LinearDetector();
        using var optimizer = Workshop.Sgd(model);
        using var run = workshop.Run(settings, output, model);
        Workshop.Train(run, model, optimizer);
    }
}
