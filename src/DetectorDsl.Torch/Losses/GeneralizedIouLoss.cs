using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>1 - generalised IoU of predicted boxes and their targets (Rezatofighi et al. 2019).</summary>
/// <remarks>Source: torchvision, ops/giou_loss.py.</remarks>
/// <param name="lossWeight">Factor of the term.</param>
public sealed class GeneralizedIouLoss(double lossWeight = 1.0)
{
    private const double Epsilon = 1e-7;
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
        var boxes = targets.to(predictions.dtype);
        var (intersection, union) = BoxPairs.Overlap(predictions, boxes);
        var hull = BoxPairs.Hull(predictions, boxes);
        var losses = (intersection / union.Plus(Epsilon)).SubtractedFrom(1).Plus((hull - union) / hull.Plus(Epsilon));
        return SeesawLoss.Weighted(losses, weights, lossWeight / Math.Max(averageFactor, Least)).MoveToOuterDisposeScope();
    }
}
