using System.Numerics;
using DetectorDsl.Native;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Equalized Focal Loss (Li et al. 2022, section 3): focal loss whose focus on each class grows as its positive gradients fall behind its negative ones.</summary>
/// <remarks>
/// gamma_j = gamma + scale (1 - g_j); L = sum over classes of alpha_t (gamma_j / gamma) (1 - p_t)^gamma_j (-ln p_t); g_j = positive over negative gradients,
/// at most 1, and 1 at first. C logits; scores are sigmoids, background has none. Buffers <c>pos_grad</c>, <c>neg_grad</c>, <c>pos_neg</c>: C numbers.
/// Source: ModelTC/United-Perception, up/tasks/det/plugins/efl/models/losses/efl.py.
/// </remarks>
public sealed class EqualizedFocalLoss : ClassificationLoss, IRegionLosses
{
    // Fields of buffers bear their names: TorchSharp finds them so when the module moves.
    private readonly Tensor pos_grad;
    private readonly Tensor neg_grad;
    private readonly Tensor pos_neg;
    private readonly double gamma;
    private readonly double alpha;
    private readonly double scale;
    private readonly double lossWeight;

    /// <summary>No gradients have been collected: it is focal loss.</summary>
    /// <param name="classes">C.</param>
    /// <param name="gamma">Focusing exponent of a class in balance, above 0.</param>
    /// <param name="alpha">Weight of positives, 1 - alpha of negatives; negative for none.</param>
    /// <param name="scale">How much larger the exponent is for a class without positive gradients.</param>
    /// <param name="lossWeight">Factor of the term.</param>
    public EqualizedFocalLoss(int classes, double gamma = 2.0, double alpha = 0.25, double scale = 8.0, double lossWeight = 1.0)
        : base(classes)
    {
        (this.gamma, this.alpha, this.scale, this.lossWeight) = (gamma, alpha, scale, lossWeight);
        pos_grad = zeros([classes], dtype: ScalarType.Float64);
        neg_grad = zeros([classes], dtype: ScalarType.Float64);
        pos_neg = ones([classes], dtype: ScalarType.Float64);
        register_buffer(nameof(pos_grad), pos_grad);
        register_buffer(nameof(neg_grad), neg_grad);
        register_buffer(nameof(pos_neg), pos_neg);
    }

    /// <inheritdoc />
    public override int LogitCount => Classes;

    /// <summary>The loss; in training, its gradients are collected afterwards.</summary>
    /// <param name="logits">R x C.</param>
    /// <param name="labels">R labels, 0 to C - 1 or C for background.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Divisor; at least 1 is used.</param>
    /// <returns>A scalar.</returns>
    public Tensor forward(Tensor logits, Tensor labels, Tensor? weights, double averageFactor)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        var (value, gradient) = Compute(logits, labels, weights, 1 / Math.Max(averageFactor, 1));
        if (training)
        {
            GradientRatio.Add(gradient, 1, pos_grad, neg_grad, Processes);
            using var untracked = no_grad();
            pos_neg.copy_((pos_grad / neg_grad.Plus(1e-10)).clamp(Scalars.Of(0), Scalars.Of(1)));
        }

        return PrecomputedGradient.Attach(logits, value, gradient).Times(lossWeight).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor RegionLosses(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (_, _, _, entropy, focus) = Entries(logits, labels);
        return (focus * entropy).sum(1).Times(lossWeight).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor Scores(Tensor logits) => WeightedSigmoid.Scores(logits);

    /// <summary>The loss from library operators, for other devices and precisions.</summary>
    internal (Tensor Value, Tensor Gradient) Composed(Tensor logits, Tensor labels, Tensor? weights, double factor)
    {
        var (targets, gammas, miss, entropy, focus) = Entries(logits, labels);
        var rows = (weights ?? ones([targets.shape[0]], device: targets.device)).to(targets.dtype).unsqueeze(1).Times(factor);
        var scaled = focus * rows;
        return (
            (scaled * entropy).sum(),
            (scaled * (gammas * miss.SubtractedFrom(1) * entropy).Plus(miss) * targets.Times(2).SubtractedFrom(1)).to(logits.dtype)
        );
    }

    /// <summary>The loss and its derivative by the logits.</summary>
    internal (Tensor Value, Tensor Gradient) Compute(Tensor logits, Tensor labels, Tensor? weights, double factor)
    {
        using var untracked = no_grad();
        return !CpuMemory.IsFast(logits) ? Composed(logits, labels, weights, factor)
            : logits.dtype == ScalarType.Float32 ? Fused<float>(logits, labels, weights, factor)
            : Fused<double>(logits, labels, weights, factor);
    }

    // Everything of each entry, in at least single precision.
    private (Tensor Targets, Tensor Gammas, Tensor Miss, Tensor Entropy, Tensor Focus) Entries(Tensor logits, Tensor labels)
    {
        var type = logits.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var z = logits.detach().to(type);
        var targets = WeightedSigmoid.OneHot(labels, Classes, z);
        var gammas = Gammas().to(type).unsqueeze(0);
        var share = z.sigmoid();
        var miss = (share * targets.SubtractedFrom(1)).Plus(share.SubtractedFrom(1) * targets);
        var entropy = nn.functional.binary_cross_entropy_with_logits(z, targets, reduction: nn.Reduction.None);
        var sides = alpha < 0 ? ones_like(targets) : targets.Times(alpha).Plus(targets.SubtractedFrom(1).Times(1 - alpha));
        return (targets, gammas, miss, entropy, miss.pow(gammas) * sides * gammas.Over(gamma));
    }

    private Tensor Gammas() => pos_neg.SubtractedFrom(1).Times(scale).Plus(gamma);

    private unsafe (Tensor Value, Tensor Gradient) Fused<T>(Tensor logits, Tensor labels, Tensor? weights, double factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (rows, type) = ((int)logits.shape[0], logits.dtype);
        var label = RegionLabels.OnHost(labels, Classes);
        var z = CpuMemory.Contiguous(logits, type);
        var weight = weights is null ? null : CpuMemory.Span<T>(CpuMemory.Contiguous(weights, type)).ToArray();
        var gammas = CpuMemory.Span<T>(CpuMemory.Contiguous(Gammas(), type)).ToArray();
        T[] balance = [.. gammas.Select(value => value / T.CreateChecked(gamma))];
        var (ownSide, otherSide) = alpha < 0 ? (1, 1) : (alpha, 1 - alpha);
        var gradient = empty([rows, Classes], dtype: type);
        var (values, gradients) = ((nint)CpuMemory.Pointer<T>(z), (nint)CpuMemory.Pointer<T>(gradient));
        var losses = new double[rows];
        Parallel.For(
            0,
            rows,
            () => new T[3 * Classes],
            (row, _, work) =>
            {
                var scaled = factor * (weight is null ? 1 : double.CreateChecked(weight[row]));
                losses[row] = FocalKernel<T>.Row(
                    new ReadOnlySpan<T>((T*)values + ((long)row * Classes), Classes),
                    label[row] < Classes ? (int)label[row] : -1,
                    gammas,
                    balance,
                    ownSide * scaled,
                    otherSide * scaled,
                    work,
                    new Span<T>((T*)gradients + ((long)row * Classes), Classes)
                );
                return work;
            },
            _ => { }
        );
        return (tensor(losses.Sum(), dtype: type), gradient);
    }
}
