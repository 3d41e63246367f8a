using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.PrimeSamples;

/// <summary>Weights of positive regions in a second box loss by the score of their class, through which that loss teaches the classifier, too (CARL; PISA, section 4.2).</summary>
/// <remarks>v = (bias + (1 - bias) p)^k, scaled to the sum P. Source: mmdetection, pisa_loss.py, carl_loss.</remarks>
/// <param name="k">Exponent.</param>
/// <param name="bias">Weight at score 0 before the exponent, 0 to 1.</param>
public sealed class ClassAwareRegression(double k = 1.0, double bias = 0.2)
{
    /// <summary>The weights.</summary>
    /// <param name="scores">R x (C + 1), with gradient.</param>
    /// <param name="rows">P rows of positive regions.</param>
    /// <param name="labels">P classes, 0 to C - 1.</param>
    /// <returns>P weights, with gradient.</returns>
    public Tensor Weights(Tensor scores, Tensor rows, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(rows);
        using var scope = NewDisposeScope();
        return Weights(scores.index_select(0, rows), labels).MoveToOuterDisposeScope();
    }

    /// <summary>The weights, from the scores of positive regions alone.</summary>
    /// <param name="scores">P x (C + 1), with gradient.</param>
    /// <param name="labels">P classes, 0 to C - 1.</param>
    /// <returns>P weights, with gradient.</returns>
    public Tensor Weights(Tensor scores, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = NewDisposeScope();
        var own = scores.gather(1, labels.unsqueeze(1)).squeeze(1);
        var weights = own.Times(1 - bias).Plus(bias).pow(Scalars.Of(k));
        return (weights * weights.sum().Dividing(labels.shape[0])).MoveToOuterDisposeScope();
    }
}
