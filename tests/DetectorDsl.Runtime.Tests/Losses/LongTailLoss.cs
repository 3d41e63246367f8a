using DetectorDsl.Structures;
using DetectorDsl.Torch.Losses;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

/// <summary>A loss for long tails behind one face: told the frequencies, with a seed or objects where it takes them.</summary>
internal sealed record LongTailLoss(ClassificationLoss Module, Func<Tensor, Tensor, Tensor?, double, long, Tensor> Forward) : IDisposable
{
    public static string[] All =>
        [
            nameof(AdaptiveClassSuppressionLoss),
            nameof(DropLoss),
            nameof(EqualizationLoss),
            nameof(EqualizationLossV2),
            nameof(EqualizedFocalLoss),
            nameof(EquilibriumLoss),
            nameof(FederatedLoss),
            nameof(GroupSoftmaxLoss),
            nameof(LogitAdjustedLoss),
            nameof(SeesawSoftmaxLoss),
        ];

    /// <summary>Those that weigh classes by their frequencies.</summary>
    public static string[] Informed =>
        [.. All.Except([nameof(EqualizationLossV2), nameof(EqualizedFocalLoss), nameof(EquilibriumLoss), nameof(SeesawSoftmaxLoss)])];

    /// <summary>Makes one of them.</summary>
    public static LongTailLoss Of(string name, int classes, double lossWeight = 1, bool informed = true)
    {
        var loss = Make(name, classes, lossWeight);
        if (informed)
        {
            // The last classes are the rare ones.
            int[] counts = [.. Enumerable.Range(0, classes).Select(label => 1 << (2 * Math.Max(7 - label, 0)))];
            loss.Module.LearnFrequencies(new ClassFrequencies(20000, [.. counts], [.. counts]));
        }

        return loss;
    }

    public void Dispose() => Module.Dispose();

    private static LongTailLoss Make(string name, int classes, double w)
    {
        switch (name)
        {
            case nameof(AdaptiveClassSuppressionLoss):
                var suppression = new AdaptiveClassSuppressionLoss(classes, rareShare: 0.3, commonShare: 0.6, lossWeight: w);
                return new(suppression, suppression.forward);
            case nameof(DropLoss):
                var drop = new DropLoss(classes, lossWeight: w);
                return new(drop, drop.forward);
            case nameof(EqualizationLoss):
                var equalization = new EqualizationLoss(classes, lossWeight: w);
                return new(equalization, (logits, labels, weights, factor, _) => equalization.forward(logits, labels, weights, factor));
            case nameof(EqualizationLossV2):
                var second = new EqualizationLossV2(classes, lossWeight: w);
                return new(second, (logits, labels, weights, factor, _) => second.forward(logits, labels, weights, factor));
            case nameof(EqualizedFocalLoss):
                var focal = new EqualizedFocalLoss(classes, lossWeight: w);
                return new(focal, (logits, labels, weights, factor, _) => focal.forward(logits, labels, weights, factor));
            case nameof(EquilibriumLoss):
                var equilibrium = new EquilibriumLoss(classes, lossWeight: w);
                return new(equilibrium, (logits, labels, weights, factor, _) =>
                    equilibrium.forward(
                        logits,
                        labels,
                        weights,
                        factor,
                        [.. Enumerable.Range(0, (int)labels.lt(classes).sum().item<long>()).Select(row => (long)row / 2)]
                    )
                );
            case nameof(FederatedLoss):
                var federated = new FederatedLoss(classes, sampledClasses: 8, lossWeight: w);
                return new(federated, federated.forward);
            case nameof(GroupSoftmaxLoss):
                var group = new GroupSoftmaxLoss(classes, beta: 1, lossWeight: w);
                return new(group, group.forward);
            case nameof(LogitAdjustedLoss):
                var adjusted = new LogitAdjustedLoss(classes, lossWeight: w);
                return new(adjusted, (logits, labels, weights, factor, _) => adjusted.forward(logits, labels, weights, factor));
            case nameof(SeesawSoftmaxLoss):
                // Without the compensation factor, which follows the logits but has no gradient.
                var seesaw = new SeesawSoftmaxLoss(classes, q: 0, lossWeight: w);
                return new(seesaw, (logits, labels, weights, factor, _) => seesaw.forward(logits, labels, weights, factor));
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "no such loss");
        }
    }
}
