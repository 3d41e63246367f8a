using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>1 - generalised IoU (Rezatofighi et al. 2019), which has a gradient where boxes do not meet.</summary>
/// <remarks>Source: torchvision, ops/giou_loss.py (1e-7 is added to the divisors).</remarks>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
public record GeneralizedIouLoss([Range(0.0, 1000.0)] double LossWeight = 1.0) : OverlapLoss;
