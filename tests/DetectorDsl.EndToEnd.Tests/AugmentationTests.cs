using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Hosting.Trainers;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>Training with each of the vocabulary's augmentations, and the pictures of its batches.</summary>
[Collection(TorchCollection.Name)]
public sealed class AugmentationTests(SmallData data) : IDisposable
{
    private static readonly DetectorTrainer[] Trainers =
    [
        new CopyPasteMaskRcnnTrainer(),
        new MosaicMaskRcnnTrainer(),
        new SsdAugmentedFasterRcnnTrainer(),
    ];

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names => [.. Trainers.Select(trainer => trainer.Name)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void ItTrains_WithTheSameBits_WhateverTheLoaderThreads(string name)
    {
        var trainer = Trainers.Single(trainer => trainer.Name == name);
        var run = TrainerRun.Train(trainer, data.Training, folder.File("one"), steps: 6, seed: 2, options: ["--loader-threads", "1"]);
        Assert.True(run.Steps.Count >= 6);
        Assert.All(run.Losses, loss => Assert.True(double.IsFinite(loss)));
        var again = TrainerRun.Train(trainer, data.Training, folder.File("three"), steps: 6, seed: 2, options: ["--loader-threads", "3"]);
        Assert.Equal(File.ReadAllBytes(run.Checkpoint), File.ReadAllBytes(again.Checkpoint));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ItsBatchesAreDrawn_BeforeAnyTraining(string name)
    {
        CommandLineRun
            .Of(
                Trainers.Single(trainer => trainer.Name == name),
                "preview",
                "--data",
                data.Folder,
                "--output",
                folder.File("out"),
                "--batches",
                "2"
            )
            .Succeeds();
        Assert.Equal(
            ["batch-0000.png", "batch-0001.png"],
            Directory.GetFiles(folder.File("out/preview")).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void WhatIsDrawn_IsWhatTrainingSees()
    {
        float[]? seen = null;
        HookedMaskRcnnTraining.Before = (_, _, batch) => seen ??= batch.Images.contiguous().data<float>().ToArray();
        try
        {
            TrainerRun.Train(new HookedMaskRcnnTrainer(), data.Training, folder.File("out"), steps: 1, seed: 5);
        }
        finally
        {
            HookedMaskRcnnTraining.Unhook();
        }

        using var drawn = HookedMaskRcnnTraining.OpenBatches(new HookedMaskRcnnOptions(), data.Training, seed: 5).Build(0);
        Assert.Equal(seen, drawn.Images.contiguous().data<float>().ToArray());
    }

    [Fact]
    public void WeightsOfOtherPixels_AreRefused_AndOfOtherSizesWarnedOf()
    {
        string[] arguments =
        [
            "evaluate",
            "--data",
            data.Folder,
            "--output",
            folder.File("out"),
            "--checkpoint",
            data.Checkpoint,
            "--pictures",
            "0",
            "--limit-images",
            "2",
        ];
        CommandLineRun
            .Of(new OtherPixelsMaskRcnnTrainer(), arguments)
            .Fails(1, data.Checkpoint, "mean: [123.675, 116.28, 103.53] in the file, [0, 0, 0] here", "Preprocessing");
        Assert.DoesNotContain(
            "were trained",
            CommandLineRun.Of(new CrossEntropyMaskRcnnTrainer(), arguments).Succeeds().Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "resize.short_side: 96 in the file, 64 here",
            CommandLineRun.Of(new CrossEntropyMaskRcnnTrainer(), [.. arguments, "--short-side", "64"]).Succeeds().Output,
            StringComparison.Ordinal
        );
    }
}
