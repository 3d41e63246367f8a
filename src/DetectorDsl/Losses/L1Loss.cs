using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Sum of absolute differences.</summary>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
public record L1Loss([Range(0.0, 1000.0)] double LossWeight = 1.0) : BoxLoss;
