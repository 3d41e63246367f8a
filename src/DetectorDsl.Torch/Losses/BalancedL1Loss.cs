using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Balanced L1 (Pang et al. 2019, Libra R-CNN, section 3.3), summed over a divisor.</summary>
/// <remarks>Source: mmdetection, balanced_l1_loss.py. For beta other than 1 the slope has a small jump at beta, as it has there.</remarks>
/// <param name="alpha">Factor of the gradient of small differences.</param>
/// <param name="gamma">Gradient of large differences.</param>
/// <param name="beta">Difference at which the linear part begins.</param>
/// <param name="lossWeight">Factor of the term.</param>
public sealed class BalancedL1Loss(double alpha = 0.5, double gamma = 1.5, double beta = 1.0, double lossWeight = 1.0)
{
    private readonly double b = Math.Exp(gamma / alpha) - 1;

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
        var x = (predictions - targets).abs();
        var small = (x.Times(b).Plus(1) * x.Times(b / beta).Plus(1).log()).Times(alpha / b) - x.Times(alpha);
        var large = x.Times(gamma).Plus((gamma / b) - (alpha * beta));
        return SeesawLoss
            .Weighted(where(x.lt(Scalars.Of(beta)), small, large).sum(1), weights, lossWeight / Math.Max(averageFactor, 1))
            .MoveToOuterDisposeScope();
    }
}
