using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Half a cosine from the full learning rate to a share of it.</summary>
/// <param name="FinalFactor">Share of the learning rate at the last step. Default 0.</param>
[Component]
public record Cosine([Range(0.0, 1.0)] double FinalFactor = 0.0) : Schedule
{
    /// <summary>
    /// Share of the training over which the rate falls, above 0; from there on it stays at <see cref="FinalFactor" />. Default 1: it falls to the last step.
    /// YOLOX ends its cosine 15 of 300 epochs before the end (Ge et al. 2021, section 2.1; <c>yolox_warm_cos_lr</c> in yolox/utils/lr_scheduler.py).
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Until { get; init; } = 1.0;
}
