using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Repeat factor sampling (Gupta et al. 2019): images of rare classes are repeated within an epoch.</summary>
/// <remarks>
/// r(c) = max(1, sqrt(Threshold / f(c))), f(c) = share of images with class c; r(image) = largest r of its classes.
/// </remarks>
/// <param name="Threshold">Share of images below which a class is repeated. Default 1e-3.</param>
/// <param name="Form">How fractions are rounded; default: up.</param>
[Component]
public record RepeatFactor(
    [property: TrainerOption, Range(0.0, 1.0)] double Threshold = 1e-3,
    RepeatFactorForm Form = RepeatFactorForm.Ceiling
) : ImageSampler
{
    /// <summary>The threshold as a number of images. Null, the default, leaves it to <see cref="Threshold" />, a share.</summary>
    [TrainerOption, Range(1, 100000000)]
    public int? ThresholdImages { get; init; }
}
