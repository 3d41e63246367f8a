using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Balanced L1 (Pang et al. 2019, Libra R-CNN, section 3.3): small differences have larger gradients than under smooth L1, none is larger than Gamma.</summary>
/// <remarks>
/// With b = e^(Gamma / Alpha) - 1 and x the absolute difference: Alpha / b (b x + 1) ln(b x / Beta + 1) - Alpha x below Beta, else Gamma x + Gamma / b - Alpha Beta.
/// Source: mmdetection, balanced_l1_loss.py.
/// </remarks>
/// <param name="Alpha">Factor of the gradient of small differences. Default 0.5.</param>
/// <param name="Gamma">Gradient of large differences. Default 1.5.</param>
/// <param name="Beta">Difference at which the linear part begins. Default 1; 0.11 in Libra RetinaNet.</param>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
public record BalancedL1Loss(
    [Range(0.0, 100.0, MinimumIsExclusive = true)] double Alpha = 0.5,
    [Range(0.0, 100.0, MinimumIsExclusive = true)] double Gamma = 1.5,
    [Range(0.0, 100.0, MinimumIsExclusive = true)] double Beta = 1.0,
    [Range(0.0, 1000.0)] double LossWeight = 1.0
) : BoxLoss;
