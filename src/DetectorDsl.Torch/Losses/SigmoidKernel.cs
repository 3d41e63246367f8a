using System.Numerics;
using System.Numerics.Tensors;

namespace DetectorDsl.Torch.Losses;

/// <summary>Weighted binary cross-entropy over the columns of one region and its gradient, in one pass.</summary>
/// <typeparam name="T"><see cref="float" /> or <see cref="double" />.</typeparam>
internal static class SigmoidKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="logits">K logits.</param>
    /// <param name="own">The column whose target is 1; below 0 where all are 0.</param>
    /// <param name="ownWeight">Weight of that column's loss.</param>
    /// <param name="negatives">Weights of the other columns' losses: K, the own one is passed over; empty for 1.</param>
    /// <param name="scale">Factor of the gradient.</param>
    /// <param name="work">K numbers of scratch.</param>
    /// <param name="gradient">Filled: derivative of the loss by the K logits, times the factor.</param>
    /// <returns>The loss, without the factor.</returns>
    public static T Row(ReadOnlySpan<T> logits, int own, T ownWeight, ReadOnlySpan<T> negatives, T scale, Span<T> work, Span<T> gradient)
    {
        // ln(1 + e^z) = max(z, 0) + ln(1 + e^-|z|), which cannot overflow.
        TensorPrimitives.Abs(logits, work);
        TensorPrimitives.Negate(work, work);
        TensorPrimitives.Exp(work, work);
        TensorPrimitives.LogP1(work, work);
        TensorPrimitives.Max(logits, T.Zero, gradient);
        TensorPrimitives.Add(work, gradient, work);
        TensorPrimitives.Sigmoid(logits, gradient);
        var (ownLoss, ownGradient) = (T.Zero, T.Zero);
        if (own >= 0)
        {
            // The same of -z, in double precision: in single, 1 + e^-z would leave little of a small loss, and a difference nothing.
            var z = double.CreateChecked(logits[own]);
            ownLoss = ownWeight * T.CreateChecked(Math.Max(-z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))));
            ownGradient = ownWeight * (gradient[own] - T.One);
            work[own] = T.Zero;
        }

        if (negatives.IsEmpty)
        {
            ownLoss += TensorPrimitives.Sum<T>(work);
        }
        else
        {
            ownLoss += TensorPrimitives.Dot(work, negatives);
            TensorPrimitives.Multiply(gradient, negatives, gradient);
        }

        if (own >= 0)
        {
            gradient[own] = ownGradient;
        }

        TensorPrimitives.Multiply(gradient, scale, gradient);
        return ownLoss;
    }
}
