using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Cross-entropy over C classes of positive regions and a two-way one object / no object over all: Seesaw Loss with p = q = 0.</summary>
/// <remarks>Source: Seesaw Loss (Wang et al. 2021), table 8.</remarks>
public sealed class ObjectnessCrossEntropyLoss : ClassificationLoss, IRegionLosses
{
    private readonly SeesawLoss inner;

    /// <summary>Fixes the classes.</summary>
    /// <param name="classes">C.</param>
    /// <param name="lossWeight">Factor of both terms.</param>
    public ObjectnessCrossEntropyLoss(int classes, double lossWeight = 1.0)
        : base(classes) => inner = new SeesawLoss(classes, p: 0, q: 0, lossWeight: lossWeight);

    /// <inheritdoc />
    public override int LogitCount => Classes + 2;

    /// <summary>Both terms.</summary>
    /// <param name="logits">R x (C + 2).</param>
    /// <param name="labels">R labels, 0 to C.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Divisor of both terms; at least 1 is used.</param>
    /// <returns>Classes over positive regions; objectness over all.</returns>
    public (Tensor loss_cls_classes, Tensor loss_cls_objectness) forward(
        Tensor logits,
        Tensor labels,
        Tensor? weights,
        double averageFactor
    ) => inner.Loss(logits, labels, weights, averageFactor);

    /// <inheritdoc />
    public Tensor RegionLosses(Tensor logits, Tensor labels) => inner.RegionLosses(logits, labels);

    /// <inheritdoc />
    public override Tensor Scores(Tensor logits) => ObjectnessScores.Of(logits, Classes);
}
