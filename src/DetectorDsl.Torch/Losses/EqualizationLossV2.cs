using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Equalization Loss v2 (Tan et al. 2021, section 3): C + 1 sigmoids, positives and negatives weighted by the gradients that each class has had.</summary>
/// <remarks>
/// The last sigmoid is the task "is background". g = positive over negative gradients; a class's negatives weigh n = 1 / (1 + e^(-gamma (g - mu))), its positives
/// 1 + alpha (1 - n), both of "background" 1. Score = p_c (1 - p_background). Buffers <c>pos_grad</c>, <c>neg_grad</c>, <c>pos_neg</c>: C numbers, g starting
/// at 100. Source: tztztztztz/eqlv2, mmdet/models/losses/eqlv2.py; mmdetection, eqlv2_loss.py.
/// </remarks>
public sealed class EqualizationLossV2 : ClassificationLoss, IRegionLosses
{
    // Fields of buffers bear their names: TorchSharp finds them so when the module moves.
    private readonly Tensor pos_grad;
    private readonly Tensor neg_grad;
    private readonly Tensor pos_neg;
    private readonly double gamma;
    private readonly double mu;
    private readonly double alpha;
    private readonly double lossWeight;

    /// <summary>No gradients have been collected.</summary>
    /// <param name="classes">C.</param>
    /// <param name="gamma">Steepness of the negatives' weight.</param>
    /// <param name="mu">Ratio at which negatives weigh half.</param>
    /// <param name="alpha">How much more positives weigh where negatives weigh nothing.</param>
    /// <param name="lossWeight">Factor of the term.</param>
    public EqualizationLossV2(int classes, double gamma = 12.0, double mu = 0.8, double alpha = 4.0, double lossWeight = 1.0)
        : base(classes)
    {
        (this.gamma, this.mu, this.alpha, this.lossWeight) = (gamma, mu, alpha, lossWeight);
        pos_grad = zeros([classes], dtype: ScalarType.Float64);
        neg_grad = zeros([classes], dtype: ScalarType.Float64);
        pos_neg = full([classes], Scalars.Of(100.0), dtype: ScalarType.Float64);
        register_buffer(nameof(pos_grad), pos_grad);
        register_buffer(nameof(neg_grad), neg_grad);
        register_buffer(nameof(pos_neg), pos_neg);
    }

    /// <inheritdoc />
    public override int LogitCount => Classes + 1;

    /// <summary>The loss; in training, its gradients are collected afterwards.</summary>
    /// <param name="logits">R x (C + 1).</param>
    /// <param name="labels">R labels, 0 to C - 1 or C for background.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Divisor, as a rule the number of regions; at least 1 is used.</param>
    /// <returns>A scalar.</returns>
    public Tensor forward(Tensor logits, Tensor labels, Tensor? weights, double averageFactor)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        var divisor = Math.Max(averageFactor, 1);
        var (negatives, positives) = EntryWeights();
        var (value, gradient) = WeightedSigmoid.Compute(logits, labels, negatives.unsqueeze(0), positives, weights, 1 / divisor);
        if (training)
        {
            GradientRatio.Add(gradient.narrow(1, 0, Classes), divisor, pos_grad, neg_grad, Processes);
            using var untracked = no_grad();
            pos_neg.copy_(pos_grad / neg_grad.Plus(1e-10));
        }

        return PrecomputedGradient.Attach(logits, value, gradient).Times(lossWeight).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor RegionLosses(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        var (negatives, positives) = EntryWeights();
        return WeightedSigmoid.RowLosses(logits, labels, negatives.unsqueeze(0), positives).Times(lossWeight).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor Scores(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        var scores = logits.sigmoid();
        var background = scores.narrow(1, Classes, 1);
        return cat([scores.narrow(1, 0, Classes) * background.SubtractedFrom(1), background], 1).MoveToOuterDisposeScope();
    }

    private (Tensor Negatives, Tensor Positives) EntryWeights()
    {
        using var untracked = no_grad();
        var one = ones([1], dtype: pos_neg.dtype, device: pos_neg.device);
        var negatives = cat([pos_neg.Minus(mu).Times(gamma).sigmoid(), one], 0);
        return (negatives, negatives.SubtractedFrom(1).Times(alpha).Plus(1));
    }
}
