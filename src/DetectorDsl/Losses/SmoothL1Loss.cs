using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Quadratic below Beta, linear above (Fast R-CNN, equation 3).</summary>
/// <param name="Beta">Difference at which the linear part begins. Default 1.</param>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
public record SmoothL1Loss([Range(0.0, 100.0, MinimumIsExclusive = true)] double Beta = 1.0, [Range(0.0, 1000.0)] double LossWeight = 1.0)
    : BoxLoss;
