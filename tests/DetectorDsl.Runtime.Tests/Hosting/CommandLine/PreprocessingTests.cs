using DetectorDsl.Detection.Preparation;
using DetectorDsl.Runtime.Tests.Hosting.Training;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using TorchSharp;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.CommandLine;

/// <summary>What becomes of weights that were trained on images prepared in another way.</summary>
public sealed class PreprocessingTests : IDisposable
{
    private static readonly ImagePreparation Here = new([128, 128, 128], [64, 64, 64], 32, 60, 100);

    private readonly TemporaryFolder folder = new();

    public PreprocessingTests() => TinyData.Write(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AnotherSize_IsWarnedOf_ByEvaluateAndPredict()
    {
        var trainer = Trained(PreprocessingText.Of(Here with { ShortSide = 80 }));
        foreach (var run in new[] { Evaluate(trainer), Predict(trainer) })
        {
            run.Succeeds();
            Assert.Contains("another size or padding", run.Output, StringComparison.Ordinal);
            Assert.Contains("resize.short_side: 80 in the file, 60 here", run.Output, StringComparison.Ordinal);
            Assert.Contains("--short-side", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheSameAndNothingKnown_AreQuiet()
    {
        foreach (var text in new[] { null, PreprocessingText.Of(Here) })
        {
            Assert.DoesNotContain("were trained", Evaluate(Trained(text)).Succeeds().Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnUnreadableText_IsRefused() => Evaluate(Trained("no JSON")).Fails(1, "last.safetensors", "'preprocessing'");

    [Fact]
    public void WeightsInspect_ShowsIt()
    {
        Trained(PreprocessingText.Of(Here));
        Assert.Contains(
            $"preprocessing: {PreprocessingText.Of(Here)}",
            CommandLineRun.Of(new HandWrittenTrainer(), "weights", "inspect", folder.File("out/last.safetensors")).Succeeds().Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void OtherPixels_AreRefusedWhereTheModelIsExpected()
    {
        using var model = new TinyDetector();
        var identity = Workshop.Identity with { Preparation = Here };
        Checkpoint.Save(folder.File("a.safetensors"), model, null, identity, null);
        Assert.True(
            Checkpoint
                .LoadWeights(folder.File("a.safetensors"), model, identity with { Preparation = Here with { ShortSide = 7 } })
                .IsComplete
        );
        Assert.True(Checkpoint.LoadWeights(folder.File("a.safetensors"), model, Workshop.Identity).IsComplete);

        var other = identity with { Preparation = Here with { Mean = [128, 128, 0.5], PadTo = 1 } };
        var message = Assert.Throws<WeightsException>(() => Checkpoint.LoadWeights(folder.File("a.safetensors"), model, other)).Message;
        Assert.Contains(folder.File("a.safetensors"), message, StringComparison.Ordinal);
        Assert.Contains("mean: [128, 128, 128] in the file, [128, 128, 0.5] here", message, StringComparison.Ordinal);
        Assert.DoesNotContain("padding", message, StringComparison.Ordinal);
        Assert.Contains("--weights", message, StringComparison.Ordinal);

        // Starting from them asks for nothing.
        Assert.True(Checkpoint.LoadWeights(folder.File("a.safetensors"), model, expected: null).IsComplete);

        // Weights that say nothing are taken as they are.
        Checkpoint.Save(folder.File("b.safetensors"), model, null, Workshop.Identity, null);
        Assert.True(Checkpoint.LoadWeights(folder.File("b.safetensors"), model, other).IsComplete);
    }

    private HandWrittenTrainer Trained(string? preprocessing)
    {
        var trainer = new HandWrittenTrainer();
        using var weight = torch.zeros(2);
        Directory.CreateDirectory(folder.File("out"));
        SafetensorsFile.Write(
            folder.File("out/last.safetensors"),
            [new("weight", weight)],
            preprocessing is null ? new Dictionary<string, string>() : new() { ["preprocessing"] = preprocessing }
        );
        return trainer;
    }

    private CommandLineRun Evaluate(HandWrittenTrainer trainer) =>
        CommandLineRun.Of(trainer, "evaluate", "--data", folder.Path, "--output", folder.File("out"), "--pictures", "0");

    private CommandLineRun Predict(HandWrittenTrainer trainer) =>
        CommandLineRun.Of(trainer, "predict", "--output", folder.File("out"), folder.File("val"));
}
