using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using DetectorDsl.Zoo.Tests.Support;
using static TorchSharp.torch;

namespace DetectorDsl.Zoo.Tests;

/// <summary>
/// Declarations of the zoo, an eighth as wide and of 20 classes, learn and come back from their checkpoints: so many that every part and choice is among
/// them, or all where the variable asks for it.
/// </summary>
[Collection(TorchCollection.Name)]
public sealed class TwinTests(TwinData data) : IDisposable
{
    private const string Variable = "DETECTORDSL_ALL_TWINS";
    private const int Steps = 6;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names =>
        Environment.GetEnvironmentVariable(Variable) is null
            ? [.. CoveringTwins.Of(TrainerProgram.Trainers)]
            : [.. TrainerProgram.Trainers.Select(trainer => trainer.Name)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void AFewStepsLowerTheLoss_AndTheCheckpointHoldsTheWholeModel(string name)
    {
        var trainer = TrainerProgram.Trainers.Single(trainer => trainer.Name == name);
        var run = TrainerRun.Train(trainer, data.Training, folder.File("run"), Steps);
        var (first, last) = (run.Losses.Take(Steps / 3).Average(), run.Losses.TakeLast(Steps / 3).Average());
        Assert.True(last < first, $"{name}: {string.Join(", ", run.Losses)}");

        using var model = trainer.CreateModel();
        Assert.Equal(ReferenceModels.Tensors(model), ReferenceModels.TensorsOf(trainer.State));
        Assert.True(Checkpoint.LoadWeights(run.Checkpoint, model, expected: null).IsComplete);
        var file = WeightsFile.Open(run.Checkpoint);
        Assert.All(model.state_dict(), item =>
        {
            using var stored = file.Read(item.Key);
            Assert.True(item.Value.allclose(stored, rtol: 0, atol: 0), item.Key);
        });
    }
}
