using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Softmax cross-entropy over C + 1 logits, the last for background.</summary>
public sealed class CrossEntropyLoss : ClassificationLoss, IRegionLosses
{
    private readonly double lossWeight;

    /// <summary>Fixes the classes.</summary>
    /// <param name="classes">C.</param>
    /// <param name="lossWeight">Factor of the term.</param>
    public CrossEntropyLoss(int classes, double lossWeight = 1.0)
        : base(classes) => this.lossWeight = lossWeight;

    /// <inheritdoc />
    public override int LogitCount => Classes + 1;

    /// <summary>The loss.</summary>
    /// <param name="logits">R x (C + 1).</param>
    /// <param name="labels">R labels, 0 to C.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Divisor, as a rule the number of regions; at least 1 is used.</param>
    /// <returns>A scalar.</returns>
    public Tensor forward(Tensor logits, Tensor labels, Tensor? weights, double averageFactor)
    {
        using var scope = NewDisposeScope();
        var losses = nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.None);
        return SeesawLoss.Weighted(losses, weights, lossWeight / Math.Max(averageFactor, 1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor RegionLosses(Tensor logits, Tensor labels)
    {
        using var scope = NewDisposeScope();
        return nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.None).Times(lossWeight).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor Scores(Tensor logits) => nn.functional.softmax(logits, 1);
}
