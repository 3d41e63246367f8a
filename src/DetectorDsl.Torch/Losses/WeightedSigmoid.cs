using System.Numerics;
using DetectorDsl.Native;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>
/// What the sigmoid losses share: binary cross-entropy of R x K logits against one-hot targets, every entry with a weight of its own, together
/// with its gradient.
/// </summary>
internal static class WeightedSigmoid
{
    /// <summary>The loss, tied to the logits.</summary>
    /// <inheritdoc cref="Compute" />
    public static Tensor Loss(Tensor logits, Tensor labels, Tensor? negatives, Tensor? positives, Tensor? weights, double factor)
    {
        using var scope = NewDisposeScope();
        var (value, gradient) = Compute(logits, labels, negatives, positives, weights, factor);
        return PrecomputedGradient.Attach(logits, value, gradient).MoveToOuterDisposeScope();
    }

    /// <summary>The loss and its derivative by the logits.</summary>
    /// <param name="logits">R x K.</param>
    /// <param name="labels">R labels; those of K and above have no column of their own.</param>
    /// <param name="negatives">Weights of entries with target 0, R x K or 1 x K; null for 1.</param>
    /// <param name="positives">Weights of entries with target 1, K by class; null for 1.</param>
    /// <param name="weights">R weights of whole rows; null for 1.</param>
    /// <param name="factor">Factor of everything.</param>
    /// <returns>A scalar, and R x K; in single precision where the logits have less.</returns>
    public static (Tensor Value, Tensor Gradient) Compute(
        Tensor logits,
        Tensor labels,
        Tensor? negatives,
        Tensor? positives,
        Tensor? weights,
        double factor
    )
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (value, gradient) =
            !CpuMemory.IsFast(logits) ? Composed(logits, labels, negatives, positives, weights, factor)
            : logits.dtype == ScalarType.Float32 ? Fused<float>(logits, labels, negatives, positives, weights, factor)
            : Fused<double>(logits, labels, negatives, positives, weights, factor);
        return (value.MoveToOuterDisposeScope(), gradient.MoveToOuterDisposeScope());
    }

    /// <summary>The same from library operators, for other devices and precisions.</summary>
    /// <inheritdoc cref="Compute" />
    public static (Tensor Value, Tensor Gradient) Composed(
        Tensor logits,
        Tensor labels,
        Tensor? negatives,
        Tensor? positives,
        Tensor? weights,
        double factor
    )
    {
        var (z, targets, weight) = Entries(logits, labels, negatives, positives);
        var rows = (weights ?? ones([z.shape[0]], device: z.device)).to(z.dtype).unsqueeze(1).Times(factor);
        var losses = nn.functional.binary_cross_entropy_with_logits(z, targets, weight, nn.Reduction.None);
        return ((losses * rows).sum(), ((z.sigmoid() - targets) * weight * rows).to(logits.dtype));
    }

    /// <summary>The loss of each row, without gradient.</summary>
    /// <param name="logits">R x K.</param>
    /// <param name="labels">R labels; those of K and above have no column of their own.</param>
    /// <param name="negatives">Weights of entries with target 0, R x K or 1 x K.</param>
    /// <param name="positives">Weights of entries with target 1, K by class; null for 1.</param>
    /// <returns>R numbers.</returns>
    public static Tensor RowLosses(Tensor logits, Tensor labels, Tensor negatives, Tensor? positives)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (z, targets, weight) = Entries(logits, labels, negatives, positives);
        return nn.functional.binary_cross_entropy_with_logits(z, targets, weight, nn.Reduction.None).sum(1).MoveToOuterDisposeScope();
    }

    /// <summary>1 in the column of each row's label.</summary>
    /// <param name="labels">R labels.</param>
    /// <param name="columns">K.</param>
    /// <param name="like">Gives type and device.</param>
    /// <returns>R x K; rows whose label is K or more are 0.</returns>
    public static Tensor OneHot(Tensor labels, long columns, Tensor like)
    {
        using var scope = NewDisposeScope();
        return zeros([labels.shape[0], columns + 1], dtype: like.dtype, device: like.device)
            .scatter_(
                1,
                labels.clamp(max: Scalars.Of(columns)).unsqueeze(1),
                ones([labels.shape[0], 1], dtype: like.dtype, device: like.device)
            )
            .narrow(1, 0, columns)
            .MoveToOuterDisposeScope();
    }

    /// <summary>Scores of losses without a background column: sigmoids, and 0 for background.</summary>
    /// <param name="logits">R x C.</param>
    /// <returns>R x (C + 1).</returns>
    public static Tensor Scores(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        return cat([logits.sigmoid(), zeros([logits.shape[0], 1], dtype: logits.dtype, device: logits.device)], 1)
            .MoveToOuterDisposeScope();
    }

    // Logits in at least single precision, targets and weights of all entries.
    private static (Tensor Logits, Tensor Targets, Tensor Weights) Entries(
        Tensor logits,
        Tensor labels,
        Tensor? negatives,
        Tensor? positives
    )
    {
        var type = logits.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var (z, columns) = (logits.detach().to(type), logits.shape[1]);
        var targets = OneHot(labels, columns, z);
        return (
            z,
            targets,
            where(
                targets.gt(Scalars.Of(0)),
                (positives ?? ones([columns], device: z.device)).to(type),
                (negatives ?? ones([1, columns], device: z.device)).to(type)
            )
        );
    }

    private static unsafe (Tensor Value, Tensor Gradient) Fused<T>(
        Tensor logits,
        Tensor labels,
        Tensor? negatives,
        Tensor? positives,
        Tensor? weights,
        double factor
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (rows, columns, type) = ((int)logits.shape[0], (int)logits.shape[1], logits.dtype);
        var label = RegionLabels.OnHost(labels, columns);
        var z = CpuMemory.Contiguous(logits, type);
        var other = negatives is null ? null : CpuMemory.Contiguous(negatives, type);
        var own = positives is null ? null : CpuMemory.Span<T>(CpuMemory.Contiguous(positives, type)).ToArray();
        var weight = weights is null ? null : CpuMemory.Span<T>(CpuMemory.Contiguous(weights, type)).ToArray();
        var gradient = empty([rows, columns], dtype: type);
        var (values, gradients, others) = (
            (nint)CpuMemory.Pointer<T>(z),
            (nint)CpuMemory.Pointer<T>(gradient),
            other is null ? 0 : (nint)CpuMemory.Pointer<T>(other)
        );
        var otherStep = other is null || other.shape[0] == 1 ? 0L : columns;
        var losses = new double[rows];
        Parallel.For(
            0,
            rows,
            () => new T[columns],
            (row, _, work) =>
            {
                var scale = factor * (weight is null ? 1 : double.CreateChecked(weight[row]));
                var column = label[row] < columns ? (int)label[row] : -1;
                var target = new Span<T>((T*)gradients + ((long)row * columns), columns);
                var loss = SigmoidKernel<T>.Row(
                    new ReadOnlySpan<T>((T*)values + ((long)row * columns), columns),
                    column,
                    own is null || column < 0 ? T.One : own[column],
                    others == 0 ? [] : new ReadOnlySpan<T>((T*)others + (row * otherStep), columns),
                    T.CreateChecked(scale),
                    work,
                    target
                );
                losses[row] = scale * double.CreateChecked(loss);
                return work;
            },
            _ => { }
        );
        return (tensor(losses.Sum(), dtype: type), gradient);
    }
}
