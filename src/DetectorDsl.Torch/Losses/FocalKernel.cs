using System.Numerics;
using System.Numerics.Tensors;

namespace DetectorDsl.Torch.Losses;

/// <summary>Focal loss over the columns of one row, each with a focus of its own, and its gradient, in one pass.</summary>
/// <typeparam name="T"><see cref="float" /> or <see cref="double" />.</typeparam>
internal static class FocalKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="logits">K logits.</param>
    /// <param name="own">The column whose target is 1; below 0 where all are 0.</param>
    /// <param name="gammas">Focusing exponents: K.</param>
    /// <param name="weights">Weights of the columns: K.</param>
    /// <param name="ownFactor">Factor of the own column.</param>
    /// <param name="otherFactor">Factor of the others.</param>
    /// <param name="work">3 K numbers of scratch.</param>
    /// <param name="gradient">Filled: derivative of the loss by the K logits.</param>
    /// <returns>The loss.</returns>
    public static double Row(
        ReadOnlySpan<T> logits,
        int own,
        ReadOnlySpan<T> gammas,
        ReadOnlySpan<T> weights,
        double ownFactor,
        double otherFactor,
        Span<T> work,
        Span<T> gradient
    )
    {
        var count = logits.Length;
        var entropy = work[..count];
        var focus = work.Slice(count, count);
        var rest = work.Slice(2 * count, count);

        // ln(1 + e^z) = -ln(1 - p), and p^gamma as e^(gamma ln p) with ln p = z - ln(1 + e^z).
        TensorPrimitives.Abs(logits, entropy);
        TensorPrimitives.Negate(entropy, entropy);
        TensorPrimitives.Exp(entropy, entropy);
        TensorPrimitives.LogP1(entropy, entropy);
        TensorPrimitives.Max(logits, T.Zero, gradient);
        TensorPrimitives.Add(entropy, gradient, entropy);
        TensorPrimitives.Subtract(logits, entropy, focus);
        TensorPrimitives.Multiply(focus, gammas, focus);
        TensorPrimitives.Exp(focus, focus);
        TensorPrimitives.Multiply(focus, weights, focus);
        TensorPrimitives.Multiply(focus, T.CreateChecked(otherFactor), focus);
        var (ownLoss, ownGradient) =
            own < 0
                ? (0, 0)
                : Own(double.CreateChecked(logits[own]), double.CreateChecked(gammas[own]), ownFactor * double.CreateChecked(weights[own]));
        if (own >= 0)
        {
            focus[own] = T.Zero;
        }

        var loss = double.CreateChecked(TensorPrimitives.Dot<T>(focus, entropy)) + ownLoss;

        // d/dz (p^gamma E) = p^gamma (gamma (1 - p) E + p), E the entropy, whose derivative is p.
        TensorPrimitives.Sigmoid(logits, gradient);
        TensorPrimitives.Multiply(entropy, gammas, entropy);
        TensorPrimitives.Subtract(T.One, entropy, rest);
        TensorPrimitives.MultiplyAdd(gradient, rest, entropy, gradient);
        TensorPrimitives.Multiply(gradient, focus, gradient);

        if (own >= 0)
        {
            gradient[own] = T.CreateChecked(ownGradient);
        }

        return loss;
    }

    // Target 1: q^gamma (-ln p) with q = 1 - p; d/dz = -q^gamma (gamma p (-ln p) + q).
    private static (double Loss, double Gradient) Own(double z, double gamma, double factor)
    {
        var entropy = Math.Max(-z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z)));
        var (share, miss) = (1 / (1 + Math.Exp(-z)), 1 / (1 + Math.Exp(z)));
        var focus = factor * Math.Pow(miss, gamma);
        return (focus * entropy, -focus * ((gamma * share * entropy) + miss));
    }
}
