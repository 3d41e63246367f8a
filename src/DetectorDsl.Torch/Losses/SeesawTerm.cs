using System.Numerics;
using System.Numerics.Tensors;
using DetectorDsl.Native;
using DetectorDsl.Torch.Operators;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace DetectorDsl.Torch.Losses;

/// <summary>The softmax of Seesaw Loss (Wang et al. 2021, section 3.1), whatever stands beside it.</summary>
/// <param name="columns">Columns of the softmax, K; logits may have more, which play no part.</param>
/// <param name="highestLabel">Labels go so far; rows with a label of K or more play no part.</param>
/// <param name="p">Strength of the mitigation factor; 0 switches it off.</param>
/// <param name="q">Strength of the compensation factor; 0 switches it off.</param>
/// <param name="epsilon">Lower bound of the own probability.</param>
internal sealed class SeesawTerm(int columns, int highestLabel, double p, double q, double epsilon)
{
    /// <summary>Counts to begin with: those of the data set, or 0.</summary>
    /// <exception cref="ArgumentException">The counts are to come from the data set, and none or another number of them are given, or one is unknown.</exception>
    public static double[] FirstCounts(int classes, SeesawCounts counts, IReadOnlyList<int>? classCounts)
    {
        if (counts != SeesawCounts.DataSet)
        {
            return new double[classes];
        }

        if (classCounts?.Count != classes)
        {
            throw new ArgumentException($"{classes} class counts are needed, {classCounts?.Count ?? 0} are given.", nameof(classCounts));
        }

        // An unknown count stands as -1, which would switch the mitigation off without a word.
        return classCounts.ToList().FindIndex(count => count < 0) is var unknown and >= 0
            ? throw new ArgumentException(
                $"How many instances class {unknown} has is not known. State instance_count in the category file, or count online.",
                nameof(classCounts)
            )
            : [.. classCounts.Select(count => (double)count)];
    }

    /// <summary>Loss of each row with a label below K, in order, from library operators.</summary>
    public Tensor Composed(Tensor logits, Tensor labels, Tensor counts)
    {
        using var scope = NewDisposeScope();
        var positive = labels.lt(Scalars.Of(columns)).nonzero().squeeze(1);
        var z = logits.index_select(0, positive).narrow(1, 0, columns);
        var label = labels.index_select(0, positive);
        Tensor adjusted;
        using (no_grad())
        {
            var own = label.unsqueeze(1);
            adjusted = zeros_like(z);
            if (p > 0)
            {
                var logCounts = counts.narrow(0, 0, columns).clamp(min: Scalars.Of(1)).log().to(z.dtype);
                adjusted = (logCounts.unsqueeze(0) - logCounts.index_select(0, label).unsqueeze(1)).clamp(max: Scalars.Of(0)).Times(p);
            }

            if (q > 0)
            {
                var scores = nn.functional.log_softmax(z, 1);
                var above = (scores - scores.gather(1, own).clamp(min: Scalars.Of(Math.Log(epsilon)))).clamp(min: Scalars.Of(0));
                adjusted = adjusted.Plus(above.Times(q));
            }

            adjusted = adjusted.scatter(1, own, zeros_like(own).to(z.dtype));
        }

        return nn
            .functional.cross_entropy(z.Plus(adjusted), label, reduction: TorchSharp.torch.nn.Reduction.None)
            .MoveToOuterDisposeScope();
    }

    /// <summary>Weighted sum of the losses times a factor, computed on the host together with its gradient.</summary>
    public Tensor Fused(Tensor logits, Tensor labels, Tensor counts, Tensor? weights, double factor) =>
        logits.dtype == ScalarType.Float32
            ? Fused<float>(logits, labels, counts, weights, factor)
            : Fused<double>(logits, labels, counts, weights, factor);

    private unsafe Tensor Fused<T>(Tensor logits, Tensor labels, Tensor counts, Tensor? weights, double factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var label = RegionLabels.OnHost(labels, highestLabel);
        var width = logits.shape[1];

        // Only rows with a class of their own count, as a rule a quarter at most: the rest is neither read nor written here.
        long[] positive = [.. Enumerable.Range(0, label.Length).Where(row => label[row] < columns).Select(row => (long)row)];
        var rows = logits.index_select(0, tensor(positive));
        var gradient = zeros([positive.Length, width], dtype: logits.dtype);
        var (values, gradients) = (
            (nint)CpuMemory.Pointer<T>(CpuMemory.Contiguous(rows, logits.dtype)),
            (nint)CpuMemory.Pointer<T>(gradient)
        );
        var weight = weights is null ? null : CpuMemory.Span<T>(CpuMemory.Contiguous(weights, logits.dtype)).ToArray();
        T[] logCounts =
        [
            .. CpuMemory
                .Span<double>(CpuMemory.Contiguous(counts, ScalarType.Float64))[..columns]
                .ToArray()
                .Select(count => T.CreateChecked(Math.Log(Math.Max(count, 1)))),
        ];
        var losses = new double[positive.Length];
        Parallel.For(
            0,
            positive.Length,
            () => new T[columns],
            (index, _, work) =>
            {
                var scale = factor * (weight is null ? 1 : double.CreateChecked(weight[positive[index]]));
                var target = new Span<T>((T*)gradients + (index * width), columns);
                losses[index] =
                    scale
                    * double.CreateChecked(
                        SeesawKernel<T>.Row(
                            new ReadOnlySpan<T>((T*)values + (index * width), columns),
                            (int)label[positive[index]],
                            logCounts,
                            p,
                            q,
                            epsilon,
                            work,
                            target
                        )
                    );
                TensorPrimitives.Multiply(target, T.CreateChecked(scale), target);
                return work;
            },
            _ => { }
        );
        return PrecomputedGradient.Attach(rows, tensor(losses.Sum(), dtype: logits.dtype), gradient);
    }
}
