using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Quadratic below beta, linear above (Fast R-CNN, equation 3), summed over a divisor.</summary>
/// <param name="beta">Difference at which the linear part begins.</param>
/// <param name="lossWeight">Factor of the term.</param>
public sealed class SmoothL1Loss(double beta = 1.0, double lossWeight = 1.0)
{
    /// <summary>The loss.</summary>
    /// <param name="predictions">P x 4.</param>
    /// <param name="targets">P x 4.</param>
    /// <param name="weights">P weights; null for 1.</param>
    /// <param name="averageFactor">Divisor; at least 1 is used.</param>
    /// <returns>A scalar; 0 with a gradient where P is 0.</returns>
    public Tensor forward(Tensor predictions, Tensor targets, Tensor? weights, double averageFactor)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        using var scope = NewDisposeScope();
        var difference = (predictions - targets).abs();
        var loss = where(difference.lt(Scalars.Of(beta)), difference.pow(Scalars.Of(2)).Times(0.5 / beta), difference.Minus(0.5 * beta));
        return SeesawLoss.Weighted(loss.sum(1), weights, lossWeight / Math.Max(averageFactor, 1)).MoveToOuterDisposeScope();
    }
}
