using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>-ln IoU of predicted boxes and their targets (Yu et al. 2016).</summary>
/// <remarks>Source: mmdetection, iou_loss.py: the IoU is at least 1e-6, as is the union.</remarks>
/// <param name="lossWeight">Factor of the term.</param>
public sealed class IouLoss(double lossWeight = 1.0)
{
    private const double Least = 1e-6;

    /// <summary>The loss.</summary>
    /// <param name="predictions">P x 4: x1, y1, x2, y2.</param>
    /// <param name="targets">P x 4.</param>
    /// <param name="weights">P weights; null for 1.</param>
    /// <param name="averageFactor">Divisor; at least 1e-6 is used.</param>
    /// <returns>A scalar; 0 with a gradient where P is 0.</returns>
    public Tensor forward(Tensor predictions, Tensor targets, Tensor? weights, double averageFactor)
    {
        using var scope = NewDisposeScope();
        var (intersection, union) = BoxPairs.Overlap(predictions, targets.to(predictions.dtype));
        var losses = -(intersection / union.clamp(min: Scalars.Of(Least))).clamp(min: Scalars.Of(Least)).log();
        return SeesawLoss.Weighted(losses, weights, lossWeight / Math.Max(averageFactor, Least)).MoveToOuterDisposeScope();
    }
}
