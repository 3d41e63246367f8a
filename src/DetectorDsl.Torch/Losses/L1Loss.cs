using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Sum of absolute differences over a divisor.</summary>
/// <param name="lossWeight">Factor of the term.</param>
public sealed class L1Loss(double lossWeight = 1.0)
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
        return SeesawLoss
            .Weighted((predictions - targets).abs().sum(1), weights, lossWeight / Math.Max(averageFactor, 1))
            .MoveToOuterDisposeScope();
    }
}
