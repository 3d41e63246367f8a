using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using DetectorDsl.Training;
using DetectorDsl.Training.Optimization;
using DetectorDsl.Weights;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Hosting.Training;

[Collection(TorchGeneratorCollection.Name)]
public sealed class ResumeTests : IDisposable
{
    private static readonly TrainingSettings Settings = new()
    {
        Epochs = 5,
        BatchSize = 2,
        AccumulationSteps = 2,
        GroupByAspectRatio = true,
        CheckpointEvery = 0.7,
        Seed = 8,
    };

    private readonly Workshop workshop = new();

    [Theory]
    [InlineData(nameof(Workshop.Sgd), 0)]
    [InlineData(nameof(Workshop.Sgd), 7)]
    [InlineData(nameof(Workshop.SgdInGroups), 7)]
    [InlineData(nameof(Workshop.AdamW), 7)]
    public void AResumedRunEndsWithTheBitsOfAnUninterruptedOne(string optimizer, int stopAfterStep)
    {
        Func<TinyModule, Optimizer> optimizerOf = optimizer switch
        {
            nameof(Workshop.Sgd) => Workshop.Sgd,
            nameof(Workshop.SgdInGroups) => Workshop.SgdInGroups,
            _ => Workshop.AdamW,
        };
        var whole = Run("whole", 1, optimizerOf, resume: false, stopAfterStep: null);
        var part = Run("parts", 1, optimizerOf, resume: false, stopAfterStep);
        var parts = Run("parts", 2, optimizerOf, resume: true, stopAfterStep: null);
        Assert.NotEqual(whole, part);
        Assert.Equal(whole, parts);
        Assert.Contains(
            "Resumed",
            workshop.Messages.Single(text => text.StartsWith("Resumed", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void SumsOfGradients_GoOnWithTheRun()
    {
        var whole = Sums("whole", resume: false, stopAfterStep: null);
        var part = Sums("parts", resume: false, stopAfterStep: 7);
        Assert.Equal(whole, Sums("parts", resume: true, stopAfterStep: null));
        Assert.NotEqual(whole, part);
        Assert.Equal(whole, Checkpoint.ReadStatistics(workshop.File("parts/last.safetensors"), 2)["loss_cls"]);
        Assert.Contains(
            "holds 6 sums of gradients, and 3 classes have 9",
            Assert.Throws<WeightsException>(() => Checkpoint.ReadStatistics(workshop.File("parts/last.safetensors"), 3)).Message,
            StringComparison.Ordinal
        );

        // The weights are the same without them, and nothing else is found amiss.
        using var model = new WatchedDetector();
        Assert.Empty(Checkpoint.LoadWeights(workshop.File("whole/last.safetensors"), model, expected: null).Unexpected);
    }

    [Fact]
    public void SumsOfGradientsThatAreMissing_AreNamed()
    {
        using var model = new WatchedDetector();
        using var optimizer = Workshop.Sgd(model);
        using var output = workshop.Output();
        using (var first = workshop.Run(Settings, output, model))
        {
            Workshop.Train(first, model, optimizer, accumulation: Settings.AccumulationSteps);
        }

        GradientStatistics.Watch(model, isWanted: true);
        using var run = workshop.Run(Settings, output, model);
        Assert.Contains(
            "statistics.loss_cls",
            Assert.Throws<WeightsException>(() => run.Resume(model, optimizer)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ACompleteRunResumedDoesNothing()
    {
        var whole = Run("out", 1, Workshop.Sgd, resume: false, stopAfterStep: null);
        var written = File.GetLastWriteTimeUtc(workshop.File("out/last.safetensors"));
        Assert.Equal(whole, Run("out", 2, Workshop.Sgd, resume: true, stopAfterStep: null));
        Assert.Equal(written, File.GetLastWriteTimeUtc(workshop.File("out/last.safetensors")));
    }

    [Fact]
    public void WithoutACheckpoint_ResumingIsRefused() =>
        Assert.Contains("no checkpoint to resume from", Refusal(Settings).Message, StringComparison.Ordinal);

    [Fact]
    public void AnotherConfiguration_IsRefusedWithWhatDiffers()
    {
        Run("out", 1, Workshop.Sgd, resume: false, stopAfterStep: 1);
        var other = Workshop.Identity with
        {
            Configuration = """{"Depth":50,"Optimizer":{"Momentum":0.8}}""",
            ConfigurationHash = "hash-2",
        };
        Assert.Contains("Optimizer.Momentum: 0.9 in the checkpoint, 0.8 now", Refusal(Settings, other).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherSeedLengthOrBatch_IsRefusedWithWhatDiffers()
    {
        Run("out", 1, Workshop.Sgd, resume: false, stopAfterStep: 1);
        var message = Refusal(Settings with { Seed = 9, Epochs = 6, BatchSize = 1, AccumulationSteps = 4 }).Message;
        Assert.Contains("--seed: 8 in the checkpoint, 9 now", message, StringComparison.Ordinal);
        Assert.Contains("--epochs: 5 in the checkpoint, 6 now", message, StringComparison.Ordinal);
        Assert.Contains("--batch-size: 2 in the checkpoint, 1 now", message, StringComparison.Ordinal);
        Assert.Contains("--accumulation-steps: 2 in the checkpoint, 4 now", message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherData_IsRefused()
    {
        Run("out", 1, Workshop.Sgd, resume: false, stopAfterStep: 1);
        using var other = new Workshop(images: 6);
        File.Copy(
            workshop.File("out/last.safetensors"),
            Path.Combine(Directory.CreateDirectory(other.File("out")).FullName, "last.safetensors")
        );
        using var output = other.Output();
        using var model = new TinyDetector();
        using var optimizer = Workshop.Sgd(model);
        using var run = other.Run(Settings, output, model);
        Assert.Contains("the data", Assert.Throws<TrainingException>(() => run.Resume(model, optimizer)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherOptimizer_IsRefused()
    {
        Run("out", 1, Workshop.Sgd, resume: false, stopAfterStep: 1);
        using var output = workshop.Output();
        using var model = new TinyDetector();
        using var optimizer = Workshop.AdamW(model);
        using var run = workshop.Run(Settings, output, model);
        Assert.Contains(
            "optimizer.mean.",
            Assert.Throws<WeightsException>(() => run.Resume(model, optimizer)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ACutCheckpoint_IsRefused()
    {
        Run("out", 1, Workshop.Sgd, resume: false, stopAfterStep: 1);
        var file = workshop.File("out/last.safetensors");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^100]);
        using var output = workshop.Output();
        using var model = new TinyDetector();
        using var optimizer = Workshop.Sgd(model);
        using var run = workshop.Run(Settings, output, model);
        Assert.Contains(
            "last.safetensors",
            Assert.Throws<WeightsException>(() => run.Resume(model, optimizer)).Message,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => workshop.Dispose();

    private TrainingException Refusal(TrainingSettings settings, CheckpointIdentity? identity = null)
    {
        using var output = workshop.Output();
        using var model = new TinyDetector();
        using var optimizer = Workshop.Sgd(model);
        using var run = workshop.Run(settings, output, model, identity: identity);
        return Assert.Throws<TrainingException>(() => run.Resume(model, optimizer));
    }

    private double[] Sums(string folder, bool resume, int? stopAfterStep)
    {
        manual_seed(1).Dispose();
        using var model = new WatchedDetector();
        GradientStatistics.Watch(model, isWanted: true);
        using var optimizer = Workshop.Sgd(model);
        using var output = workshop.Output(folder);
        using var run = workshop.Run(Settings, output, model);
        using var stop = new CancellationTokenSource();
        if (resume)
        {
            run.Resume(model, optimizer);
        }

        Workshop.Train(
            run,
            model,
            optimizer,
            () =>
            {
                if (run.Step == stopAfterStep)
                {
                    stop.Cancel();
                }
            },
            stop.Token,
            Settings.AccumulationSteps
        );
        return Expect.Values(GradientStatistics.Of(model).Single().Statistics.Sums);
    }

    private SortedDictionary<string, string> Run(
        string folder,
        long weightSeed,
        Func<TinyModule, Optimizer> optimizerOf,
        bool resume,
        int? stopAfterStep
    )
    {
        manual_seed(weightSeed).Dispose();
        using var model = new TinyDetector();
        using var optimizer = optimizerOf(model);
        using var output = workshop.Output(folder);
        using var run = workshop.Run(Settings, output, model);
        using var stop = new CancellationTokenSource();
        if (resume)
        {
            run.Resume(model, optimizer);
        }

        Workshop.Train(
            run,
            model,
            optimizer,
            () =>
            {
                if (run.Step == stopAfterStep)
                {
                    stop.Cancel();
                }
            },
            stop.Token,
            Settings.AccumulationSteps
        );
        return Workshop.Bits(model, optimizer);
    }
}
