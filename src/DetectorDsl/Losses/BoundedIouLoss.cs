using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>For each of centre and size on both axes the best overlap that it leaves possible, through a smooth L1 (Tychsen-Smith and Petersson 2018).</summary>
/// <remarks>Centre: 1 - max((w - 2 |dx|) / (w + 2 |dx| + Epsilon), 0); size: 1 - min(w / (p + Epsilon), p / (w + Epsilon)). Source: mmdetection, iou_loss.py.</remarks>
/// <param name="Beta">Loss at which the linear part begins. Default 0.2.</param>
/// <param name="Epsilon">Keeps the ratios finite, in pixels. Default 1e-3.</param>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
public record BoundedIouLoss(
    [Range(0.0, 100.0, MinimumIsExclusive = true)] double Beta = 0.2,
    [Range(0.0, 1.0, MinimumIsExclusive = true)] double Epsilon = 1e-3,
    [Range(0.0, 1000.0)] double LossWeight = 1.0
) : OverlapLoss;
