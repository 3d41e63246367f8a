using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Training;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>A seed fixes every bit of a run's checkpoint: weights, buffers, optimizer and position.</summary>
[Collection(TorchCollection.Name)]
public sealed class RepeatabilityTests(SmallData data) : IDisposable
{
    private const int Steps = 8;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void OneSeed_GivesTheSameBits_WhateverTheLoaderThreads()
    {
        var first = Train("first", seed: 3, "--loader-threads", "1");
        Assert.Equal(first, Train("second", seed: 3, "--loader-threads", "3"));
        Assert.NotEqual(first, Train("other", seed: 4, "--loader-threads", "1"));
    }

    [Theory]
    [InlineData("SeesawMaskRcnn")]
    [InlineData("PlainFasterRcnn")]
    [InlineData("PrimeSampleSeesawMaskRcnn")]
    [InlineData("SideAwareSeesawMaskRcnn")]
    [InlineData("GroupNormMaskRcnn")]
    [InlineData("GuidedCascadeMaskRcnn")]
    [InlineData("DeformableMaskRcnn")]
    [InlineData("SeesawCascadeMaskRcnn")]
    [InlineData("TinyCarafeMaskRcnn")]
    [InlineData("TinyLibraMaskRcnn")]
    [InlineData("TinyHtc")]
    [InlineData("TinyFcos")]
    public void AResumedRun_EndsWithTheBitsOfAnUninterruptedOne(string name)
    {
        var whole = Train(Generated.Of(name).Trainer(), "whole", 3, resume: false, stopAfter: null);
        var part = Train(Generated.Of(name).Trainer(), "parts", 3, resume: false, stopAfter: 3);
        var parts = Train(Generated.Of(name).Trainer(), "parts", 3, resume: true, stopAfter: null);
        Assert.NotEqual(whole, part);
        Assert.Equal(whole, parts);
    }

    [Fact]
    public void ARunIsResumedWithTheOptionsThatItBeganWith_ButForThoseThatChangeNoWeight()
    {
        var output = folder.File("options");
        _ = TrainerRun.Train(new SeesawMaskRcnnTrainer(), data.Training, output, Steps, options: ["--learning-rate", "0.01"]);
        var message = Assert
            .Throws<TrainingException>(() =>
                TrainerRun.Train(new SeesawMaskRcnnTrainer(), data.Training, output, Steps, resume: true, options: ["--log-every", "3"])
            )
            .Message;
        Assert.Contains("--learning-rate: 0.01 in the checkpoint, 0.02 now", message, StringComparison.Ordinal);
        Assert.DoesNotContain("--log-every", message, StringComparison.Ordinal);
        var again = TrainerRun.Train(
            new SeesawMaskRcnnTrainer(),
            data.Training,
            output,
            Steps,
            resume: true,
            options: ["--learning-rate", "0.01", "--log-every", "3"]
        );
        Assert.Contains(again.Messages, text => text.StartsWith("Resumed", StringComparison.Ordinal));
    }

    private byte[] Train(string output, long seed, params string[] options) =>
        File.ReadAllBytes(
            TrainerRun.Train(new SeesawMaskRcnnTrainer(), data.Training, folder.File(output), Steps, seed, options: options).Checkpoint
        );

    private byte[] Train(DetectorTrainer trainer, string output, long seed, bool resume, int? stopAfter)
    {
        using var stop = new CancellationTokenSource();
        var run = TrainerRun.Train(
            trainer,
            data.Training,
            folder.File(output),
            Steps,
            seed,
            resume,
            now =>
            {
                if (now.Step == stopAfter)
                {
                    stop.Cancel();
                }
            },
            stop.Token
        );
        return File.ReadAllBytes(run.Checkpoint);
    }
}
