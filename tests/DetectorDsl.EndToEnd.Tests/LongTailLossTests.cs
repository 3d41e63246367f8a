using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>Every loss for long tails, declared in a line, trains a detector and comes back from its checkpoint.</summary>
[Collection(TorchCollection.Name)]
public sealed class LongTailLossTests(SmallData data) : IDisposable
{
    private const int Steps = 24;

    private static readonly (string Name, Func<DetectorTrainer> Trainer, Func<nn.Module> Model, string[] Buffers)[] All =
    [
        (nameof(EqualizationFasterRcnn), () => new EqualizationFasterRcnnTrainer(), () => new EqualizationFasterRcnnModel(), []),
        (
            nameof(GroupSoftmaxFasterRcnn),
            () => new GroupSoftmaxFasterRcnnTrainer(),
            () => new GroupSoftmaxFasterRcnnModel(),
            ["instance_counts"]
        ),
        (
            nameof(EqualizationV2FasterRcnn),
            () => new EqualizationV2FasterRcnnTrainer(),
            () => new EqualizationV2FasterRcnnModel(),
            ["neg_grad", "pos_grad", "pos_neg"]
        ),
        (nameof(BalancedSoftmaxFasterRcnn), () => new BalancedSoftmaxFasterRcnnTrainer(), () => new BalancedSoftmaxFasterRcnnModel(), []),
        (nameof(FederatedFasterRcnn), () => new FederatedFasterRcnnTrainer(), () => new FederatedFasterRcnnModel(), []),
        (
            nameof(EqualizedFocalFasterRcnn),
            () => new EqualizedFocalFasterRcnnTrainer(),
            () => new EqualizedFocalFasterRcnnModel(),
            ["neg_grad", "pos_grad", "pos_neg"]
        ),
        (nameof(DropFasterRcnn), () => new DropFasterRcnnTrainer(), () => new DropFasterRcnnModel(), []),
        (nameof(SuppressionFasterRcnn), () => new SuppressionFasterRcnnTrainer(), () => new SuppressionFasterRcnnModel(), []),
        (nameof(EquilibriumFasterRcnn), () => new EquilibriumFasterRcnnTrainer(), () => new EquilibriumFasterRcnnModel(), ["mean_score"]),
        (
            nameof(SeesawSoftmaxFasterRcnn),
            () => new SeesawSoftmaxFasterRcnnTrainer(),
            () => new SeesawSoftmaxFasterRcnnModel(),
            ["cum_samples"]
        ),
    ];

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names => [.. All.Select(item => item.Name)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void AFewSeededSteps_LowerTheLoss_AndAResumedRunEndsWithTheSameBits(string name)
    {
        var (_, trainer, make, buffers) = All.Single(item => item.Name == name);
        var whole = TrainerRun.Train(trainer(), data.Training, folder.File("whole"), Steps);
        var (first, last) = (whole.Losses.Take(6).Average(), whole.Losses.TakeLast(6).Average());
        Assert.True(last < 0.95 * first, $"{name}: {first} at first, {last} in the end");

        using var stop = new CancellationTokenSource();
        _ = TrainerRun.Train(
            trainer(),
            data.Training,
            folder.File("parts"),
            Steps,
            watch: now =>
            {
                if (now.Step == 9)
                {
                    stop.Cancel();
                }
            },
            cancellation: stop.Token
        );
        var parts = TrainerRun.Train(trainer(), data.Training, folder.File("parts"), Steps, resume: true);
        Assert.Equal(File.ReadAllBytes(whole.Checkpoint), File.ReadAllBytes(parts.Checkpoint));

        using var model = make();
        Assert.Equal(ReferenceModels.Tensors(model), ReferenceModels.TensorsOf(trainer().State));
        Assert.True(Checkpoint.LoadWeights(whole.Checkpoint, model, expected: null).IsComplete);
        const string Prefix = "roi_head.bbox_head.loss_cls.";
        var kept = WeightsFile
            .Open(whole.Checkpoint)
            .TensorNames.Where(tensor => tensor.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(tensor => tensor[Prefix.Length..]);
        Assert.Equal(buffers, kept.Order(StringComparer.Ordinal));
        Assert.All(model.state_dict().Where(item => item.Key.StartsWith(Prefix, StringComparison.Ordinal)), item =>
            Assert.True(item.Value.to(ScalarType.Float64).std().item<double>() > 0, item.Key)
        );
    }
}
