using DetectorDsl.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Hosting.Training;

public sealed class NonFiniteTests : IDisposable
{
    private const long FailingStep = 13;

    // Batches of two of seven images: an epoch ends, and a checkpoint is due, after steps 3, 6, 10 and 13.
    private static readonly TrainingSettings Settings = new()
    {
        Epochs = 20,
        BatchSize = 2,
        LogEvery = 1000,
        CheckpointEvery = 1,
        LoaderThreads = 1,
    };

    private readonly Workshop workshop = new();
    private readonly List<(long Step, string Ids)> batches = [];

    [Fact]
    public void NaNInALoss_StopsWithinTenStepsAndNamesTermStepAndImages()
    {
        var (failure, run) = Fail(Settings with { CheckpointEvery = 0 }, output => output.mean() * float.NaN);
        Assert.InRange(run.Step - FailingStep, 0, 9);
        Assert.StartsWith(
            $"Step {FailingStep}: loss_bad is NaN; image ids {IdsOf(FailingStep)};",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("This run had written no checkpoint yet.", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(workshop.File("out/last.safetensors")));
    }

    [Fact]
    public void AnInfiniteLoss_IsNamedWithItsValue() =>
        Assert.Contains(
            "loss_bad is Infinity;",
            Fail(Settings, output => output.mean() + float.PositiveInfinity).Failure.Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void AGradientThatIsNotFinite_StopsTheRunThoughEveryLossIsFinite()
    {
        // The root of 0 is 0; its slope is infinite, and times the inner slope 0 it is NaN.
        var (failure, run) = Fail(Settings, output => (output * 0).pow(2).sqrt().sum());
        Assert.InRange(run.Step - FailingStep, 0, 9);
        Assert.Contains(
            $"Step {FailingStep}: the gradient is not finite; image ids {IdsOf(FailingStep)};",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void AGradientThatIsNotFinite_NamesTheImagesOfTheWholeUpdate()
    {
        var failure = Fail(Settings with { BatchSize = 1, AccumulationSteps = 3 }, output => (output * 0).pow(2).sqrt().sum()).Failure;

        // Step 13 is the second of the update of steps 12 to 14.
        Assert.Contains(
            $"Step 14: the gradient is not finite; image ids {IdsOf(12)}, {IdsOf(13)}, {IdsOf(14)};",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void TheLastGoodCheckpointStays_AlsoWhereOneIsDueAtTheBadStep()
    {
        var (failure, run) = Fail(Settings, output => output.mean() * float.NaN);

        // A checkpoint is due after step 13 itself, so the check comes at once.
        Assert.Equal(FailingStep, run.Step);
        Assert.Contains("is of 11 steps", failure.Message, StringComparison.Ordinal);
        Assert.Equal(11, Checkpoint.ReadInfo(workshop.File("out/last.safetensors")).Position!.Step);
        using var saved = new FailingDetector(-1, output => output);
        Checkpoint.LoadWeights(workshop.File("out/last.safetensors"), saved, Workshop.Identity);
        Assert.All(saved.parameters(), parameter => Assert.True(parameter.isfinite().all().item<bool>()));
    }

    [Fact]
    public void AFailedRunNeitherGoesOnNorSaves()
    {
        using var output = workshop.Output();
        using var model = new FailingDetector(2, value => value.mean() * float.NaN);
        using var optimizer = Workshop.Sgd(model);
        using var run = workshop.Run(Settings with { LogEvery = 1 }, output, model);
        Assert.Throws<NonFiniteLossException>(() => Workshop.Train(run, model, optimizer));
        Assert.Throws<NonFiniteLossException>(() => run.Next(CancellationToken.None));
        Assert.Throws<NonFiniteLossException>(() => run.Finish(model, optimizer));
        Assert.False(File.Exists(output.LastCheckpoint));
        Assert.Contains("\"kind\":\"stop\"", File.ReadAllLines(output.Log)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void AWeightThatIsNotFinite_IsNotSaved()
    {
        using var output = workshop.Output();
        using var model = new LinearDetector();
        using var optimizer = Workshop.Sgd(model);
        using var run = workshop.Run(Settings, output, model);
        using (no_grad())
        {
            run.Next(CancellationToken.None)!.Dispose();
            model.parameters().Last()[1] = float.PositiveInfinity;
        }

        Assert.Contains(
            "the weight 'boxes.bias' is not finite",
            Assert.Throws<NonFiniteLossException>(() => run.Finish(model, optimizer)).Message,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(output.LastCheckpoint));
    }

    public void Dispose() => workshop.Dispose();

    private string IdsOf(long step) => batches.Single(batch => batch.Step == step).Ids;

    private (NonFiniteLossException Failure, TrainingRun Run) Fail(TrainingSettings settings, Func<Tensor, Tensor> fault)
    {
        using var output = workshop.Output();
        using var model = new FailingDetector(FailingStep, fault);
        using var optimizer = Workshop.Sgd(model);
        using var order = workshop.Run(settings, output, model);
        for (var step = 0; step < 30; step++)
        {
            using var batch = order.Next(CancellationToken.None)!;
            batches.Add((step, string.Join(", ", batch.Shapes.Select(shape => shape.ImageId))));
        }

        using var run = workshop.Run(settings, output, model);
        var failure = Assert.Throws<NonFiniteLossException>(() =>
            Workshop.Train(run, model, optimizer, accumulation: settings.AccumulationSteps)
        );
        return (failure, run);
    }
}
