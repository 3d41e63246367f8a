using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

/// <summary>Losses that tell each region's part.</summary>
public sealed class RegionLossTests
{
    private const int Classes = 8;
    private static readonly long[] Labels = [0, 5, 8, 7, 8, 7, 2, 8, 3, 8, 8, 6, 8, 8];

    // A loss, and its value over all regions.
    private static readonly Dictionary<
        string,
        Func<(ClassificationLoss Loss, Func<Tensor, Tensor, Tensor?, double, Tensor> Forward)>
    > Makers = new()
    {
        [nameof(CrossEntropyLoss)] = () => new CrossEntropyLoss(Classes, 1.5) is var loss ? (loss, loss.forward) : default,
        [nameof(EqualizationLoss)] = () => new EqualizationLoss(Classes, lossWeight: 1.5) is var loss ? (loss, loss.forward) : default,
        [nameof(EqualizationLossV2)] = () => new EqualizationLossV2(Classes, lossWeight: 1.5) is var loss ? (loss, loss.forward) : default,
        [nameof(EqualizedFocalLoss)] = () => new EqualizedFocalLoss(Classes, lossWeight: 1.5) is var loss ? (loss, loss.forward) : default,
        [nameof(EquilibriumLoss)] = () =>
            new EquilibriumLoss(Classes, lossWeight: 1.5) is var loss
                ? (loss, (logits, labels, weights, factor) => loss.forward(logits, labels, weights, factor, [0, 1, 2, 3, 4, 5, 6]))
                : default,
        [nameof(LogitAdjustedLoss)] = () => new LogitAdjustedLoss(Classes, lossWeight: 1.5) is var loss ? (loss, loss.forward) : default,
        [nameof(ObjectnessCrossEntropyLoss)] = () =>
            new ObjectnessCrossEntropyLoss(Classes, 1.5) is var loss
                ? (loss, (logits, labels, weights, factor) => Sum(loss.forward(logits, labels, weights, factor)))
                : default,
        [nameof(SeesawLoss)] = () =>
            new SeesawLoss(Classes, lossWeight: 1.5) is var loss
                ? (loss, (logits, labels, weights, factor) => Sum(loss.forward(logits, labels, weights, factor)))
                : default,
        [nameof(SeesawSoftmaxLoss)] = () => new SeesawSoftmaxLoss(Classes, lossWeight: 1.5) is var loss ? (loss, loss.forward) : default,
        [nameof(SigmoidFocalLoss)] = () => new SigmoidFocalLoss(Classes, lossWeight: 1.5) is var loss ? (loss, loss.forward) : default,
    };

    public static TheoryData<string> All => [.. Makers.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void TheWeightedSumOverRegions_IsTheLoss_AndNothingIsObserved(string name)
    {
        using var scope = NewDisposeScope();
        var (loss, forward) = Makers[name]();
        using var owned = loss;
        int[] counts = [2000, 900, 400, 90, 40, 9, 4, 1];
        loss.LearnFrequencies(new ClassFrequencies(20000, [.. counts], [.. counts]));
        var (labels, weights) = (tensor(Labels), Filling.Fill(3, [Labels.Length], 0, 2));
        var logits = Filling.Fill(2, [Labels.Length, loss.LogitCount], -3, 3);

        // Counts and gradients of a step before, so that the factors are at work.
        _ = forward(Filling.Fill(4, [Labels.Length, loss.LogitCount], -3, 3), labels, weights, 9);
        loss.eval();
        var before = Buffers();
        var regions = ((IRegionLosses)loss).RegionLosses(logits, labels);
        Assert.Equal([Labels.Length], regions.shape);
        Expect.Close(forward(logits, labels, weights, 9).item<double>(), (regions * weights).sum().item<double>() / 9, 1e-10, 1e-9, "sum");
        loss.train();
        _ = ((IRegionLosses)loss).RegionLosses(logits, labels);
        Assert.Equal(before, Buffers());
        LiveTensors.OnlyResultsStay(name, () => [((IRegionLosses)loss).RegionLosses(logits, labels)]);

        double[] Buffers() => [.. loss.buffers().SelectMany(Expect.Values)];
    }

    [Fact]
    public void OfSeesaw_BackgroundHasItsObjectnessAlone()
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(2);
        var logits = tensor(new[] { 5.0, -3, Math.Log(3), 0 }, [1, 4]);
        Expect.Close(Math.Log(4), loss.RegionLosses(logits, tensor(new long[] { 2 })).item<double>(), 1e-12, 0, "background");
        Expect.Close(
            Math.Log(4.0 / 3) + Math.Log(1 + Math.Exp(-8)),
            loss.RegionLosses(logits, tensor(new long[] { 0 })).item<double>(),
            1e-12,
            0,
            "object"
        );
    }

    private static Tensor Sum((Tensor First, Tensor Second) terms) => terms.First + terms.Second;
}
