using System.Numerics;
using System.Numerics.Tensors;

namespace DetectorDsl.Torch.Losses;

/// <summary>Seesaw Loss of one positive region and its gradient, in one pass over the classes.</summary>
/// <typeparam name="T"><see cref="float" /> or <see cref="double" />.</typeparam>
internal static class SeesawKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="logits">C class logits.</param>
    /// <param name="label">The region's class.</param>
    /// <param name="logCounts">ln max(N, 1) of the C classes.</param>
    /// <param name="p">Strength of the mitigation factor; 0 or less switches it off.</param>
    /// <param name="q">Strength of the compensation factor; 0 or less switches it off.</param>
    /// <param name="epsilon">Lower bound of the own probability.</param>
    /// <param name="work">C numbers of scratch.</param>
    /// <param name="gradient">Filled: derivative of the loss by the C logits.</param>
    /// <returns>The loss.</returns>
    public static T Row(
        ReadOnlySpan<T> logits,
        int label,
        ReadOnlySpan<T> logCounts,
        double p,
        double q,
        double epsilon,
        Span<T> work,
        Span<T> gradient
    )
    {
        // ln S goes into the work array: p min(0, ln Nj - ln Ni) + q max(0, ln sj - ln max(si, eps)).
        if (p > 0)
        {
            TensorPrimitives.Subtract(logCounts, logCounts[label], work);
            TensorPrimitives.Min(work, T.Zero, work);
            TensorPrimitives.Multiply(work, T.CreateChecked(p), work);
        }
        else
        {
            work.Clear();
        }

        if (q > 0)
        {
            var logSum = Shares(logits, gradient).LogSum;
            var floor = T.Max(logits[label] - logSum, T.Log(T.CreateChecked(epsilon)));
            TensorPrimitives.Subtract(logits, logSum + floor, gradient);
            TensorPrimitives.Max(gradient, T.Zero, gradient);
            TensorPrimitives.MultiplyAdd(gradient, T.CreateChecked(q), work, work);
        }

        work[label] = T.Zero;
        TensorPrimitives.Add(logits, work, work);
        var (total, sum) = Shares(work, gradient);
        TensorPrimitives.Divide(gradient, sum, gradient);
        gradient[label] -= T.One;
        return total - logits[label];
    }

    /// <summary>ln of the sum of e^value; the shares before division by the sum go into the second argument.</summary>
    private static (T LogSum, T Sum) Shares(ReadOnlySpan<T> values, Span<T> shares)
    {
        var largest = TensorPrimitives.Max(values);
        TensorPrimitives.Subtract(values, largest, shares);
        TensorPrimitives.Exp(shares, shares);
        var sum = TensorPrimitives.Sum<T>(shares);
        return (largest + T.Log(sum), sum);
    }
}
