using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>For each of centre and size on both axes the best overlap that it leaves possible, through a smooth L1 (Tychsen-Smith and Petersson 2018).</summary>
/// <remarks>
/// Centre: 1 - max((w - 2 |dx|) / (w + 2 |dx| + epsilon), 0), w the object's; size: 1 - min(w / (p + epsilon), p / (w + epsilon)), p the prediction's.
/// Source: mmdetection, iou_loss.py.
/// </remarks>
/// <param name="beta">Loss at which the linear part begins.</param>
/// <param name="epsilon">Keeps the ratios finite, in pixels.</param>
/// <param name="lossWeight">Factor of the term.</param>
public sealed class BoundedIouLoss(double beta = 0.2, double epsilon = 1e-3, double lossWeight = 1.0)
{
    private const double Least = 1e-6;

    /// <summary>The loss of each of the four numbers.</summary>
    /// <param name="predictions">P x 4: x1, y1, x2, y2.</param>
    /// <param name="targets">P x 4.</param>
    /// <returns>P x 4: centre in x and y, width, height.</returns>
    public Tensor Elementwise(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        using var scope = NewDisposeScope();
        var (centres, sizes) = CentresAndSizes(predictions);
        var (targetCentres, targetSizes) = CentresAndSizes(targets.to(predictions.dtype));
        var away = (targetCentres - centres).abs().Times(2);
        var ofCentre = ((targetSizes - away) / targetSizes.Plus(away).Plus(epsilon)).clamp(min: Scalars.Of(0)).SubtractedFrom(1);
        var ofSize = minimum(targetSizes / sizes.Plus(epsilon), sizes / targetSizes.Plus(epsilon)).SubtractedFrom(1);
        var losses = cat([ofCentre, ofSize], 1);
        return where(losses.lt(Scalars.Of(beta)), losses.Squared().Times(0.5 / beta), losses.Minus(0.5 * beta)).MoveToOuterDisposeScope();
    }

    /// <summary>The loss.</summary>
    /// <param name="predictions">P x 4: x1, y1, x2, y2.</param>
    /// <param name="targets">P x 4.</param>
    /// <param name="weights">P weights; null for 1.</param>
    /// <param name="averageFactor">Divisor; at least 1e-6 is used.</param>
    /// <returns>A scalar; 0 with a gradient where P is 0.</returns>
    public Tensor forward(Tensor predictions, Tensor targets, Tensor? weights, double averageFactor)
    {
        using var scope = NewDisposeScope();
        return SeesawLoss
            .Weighted(Elementwise(predictions, targets).sum(1), weights, lossWeight / Math.Max(averageFactor, Least))
            .MoveToOuterDisposeScope();
    }

    private static (Tensor Centres, Tensor Sizes) CentresAndSizes(Tensor boxes) =>
        (boxes.narrow(1, 0, 2).Plus(boxes.narrow(1, 2, 2)).Times(0.5), boxes.narrow(1, 2, 2) - boxes.narrow(1, 0, 2));
}
