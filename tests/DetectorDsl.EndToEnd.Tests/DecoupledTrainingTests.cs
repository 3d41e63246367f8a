using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>A second run trains the modules that the declaration names, and changes nothing else.</summary>
[Collection(TorchCollection.Name)]
public sealed class DecoupledTrainingTests(SmallData data) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void OnlyTheClassifierLearns_FromACheckpointOfAnotherLoss()
    {
        using var scope = NewDisposeScope();
        var first = TrainerRun.Train(new BalancedSoftmaxFasterRcnnTrainer(), data.Training, folder.File("first"), steps: 6);
        var second = TrainerRun.Train(
            new DecoupledFasterRcnnTrainer(),
            data.Training,
            folder.File("second"),
            steps: 6,
            weights: first.Checkpoint
        );
        Assert.Contains(second.Messages, message => message.Contains(first.Checkpoint, StringComparison.Ordinal));
        var (before, after) = (WeightsFile.Open(first.Checkpoint), WeightsFile.Open(second.Checkpoint));
        var shared = before
            .TensorNames.Intersect(after.TensorNames)
            .Where(name => !name.StartsWith("optimizer", StringComparison.Ordinal) && !name.Contains("fc_cls", StringComparison.Ordinal))
            .ToList();
        Assert.Contains("backbone.bn1.running_mean", shared);
        Assert.Contains("roi_head.bbox_head.fc_reg.weight", shared);
        Assert.All(shared, name => Assert.True(before.Read(name).Equals(after.Read(name)), name));

        // What the optimizer remembers of is the classifier alone, and it has moved.
        Assert.Equal(
            ["bias", "weight"],
            after
                .TensorNames.Where(name => name.StartsWith("optimizer", StringComparison.Ordinal))
                .Select(name => name[(name.LastIndexOf('.') + 1)..])
                .Distinct()
                .Order()
        );
        Assert.True(second.Losses.TakeLast(2).Average() < second.Losses.Take(2).Average());
    }

    [Fact]
    public void CalibrationFavoursRareClasses()
    {
        using var scope = NewDisposeScope();
        using var model = new SeesawSoftmaxFasterRcnnModel();
        model.eval();
        var images = randn(1, 3, 96, 96);
        var shapes = new[] { new Structures.ImageShape(1, 96, 96, 96, 96) };
        var plain = model.Detect(images, shapes, new() { Gamma = 0, MaxPerImage = 100 });
        var calibrated = model.Detect(images, shapes, new() { Gamma = 2, MaxPerImage = 100 });
        Assert.True(
            MeanCount(calibrated) < 0.5 * MeanCount(plain),
            $"{MeanCount(calibrated)} images of the classes found, {MeanCount(plain)} before"
        );
    }

    private static double MeanCount(Structures.ImageDetections[] detections) =>
        detections.Single().Labels.Average(label => SmallShapes.ImageCounts[label]);
}
