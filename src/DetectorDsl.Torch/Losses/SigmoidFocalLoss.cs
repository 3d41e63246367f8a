using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Focal loss over C sigmoids (Lin et al. 2017, equation 5): -alpha_t (1 - p_t)^gamma ln p_t, summed over the classes.</summary>
public sealed class SigmoidFocalLoss : ClassificationLoss, IRegionLosses
{
    private readonly double gamma;
    private readonly double alpha;
    private readonly double lossWeight;

    /// <summary>Fixes the classes and the focus.</summary>
    /// <param name="classes">C.</param>
    /// <param name="gamma">Focusing exponent.</param>
    /// <param name="alpha">Weight of positives, 1 - alpha of negatives; negative for none.</param>
    /// <param name="lossWeight">Factor of the term.</param>
    public SigmoidFocalLoss(int classes, double gamma = 2.0, double alpha = 0.25, double lossWeight = 1.0)
        : base(classes) => (this.gamma, this.alpha, this.lossWeight) = (gamma, alpha, lossWeight);

    /// <inheritdoc />
    public override int LogitCount => Classes;

    /// <summary>The loss of each logit.</summary>
    /// <param name="logits">Any shape.</param>
    /// <param name="targets">0 or 1, of the same shape.</param>
    /// <param name="gamma">Focusing exponent.</param>
    /// <param name="alpha">Weight of positives; negative for none.</param>
    /// <returns>The same shape.</returns>
    public static Tensor Elementwise(Tensor logits, Tensor targets, double gamma, double alpha)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        var p = logits.sigmoid();
        var entropy = nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction: nn.Reduction.None);
        var miss = (p * targets.SubtractedFrom(1)).Plus(p.SubtractedFrom(1) * targets);
        var loss = entropy * miss.pow(Scalars.Of(gamma));
        return (alpha < 0 ? loss : loss * targets.Times(alpha).Plus(targets.SubtractedFrom(1).Times(1 - alpha))).MoveToOuterDisposeScope();
    }

    /// <summary>The loss.</summary>
    /// <param name="logits">R x C.</param>
    /// <param name="labels">R labels, 0 to C; background is no class.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Divisor, which may lie between 0 and 1 (guided anchors on few places); where it is 0, 1 is used.</param>
    /// <returns>A scalar.</returns>
    public Tensor forward(Tensor logits, Tensor labels, Tensor? weights, double averageFactor)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        return SeesawLoss
            .Weighted(Losses(logits, labels), weights, lossWeight / (averageFactor > 0 ? averageFactor : 1))
            .MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor RegionLosses(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        return Losses(logits, labels).Times(lossWeight).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor Scores(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        return cat([logits.sigmoid(), zeros([logits.shape[0], 1], dtype: logits.dtype, device: logits.device)], 1)
            .MoveToOuterDisposeScope();
    }

    private Tensor Losses(Tensor logits, Tensor labels) =>
        Elementwise(logits, nn.functional.one_hot(labels, Classes + 1).narrow(1, 0, Classes).to(logits.dtype), gamma, alpha).sum(1);
}
