using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Weights of positive regions in the classification loss by how well their predicted boxes fit (PISA's ISR-P, Cao et al. 2020).</summary>
/// <remarks>
/// Regions are ranked within each class: by rank of their IoU among those of their object, then by IoU. With M the most positives that a class has, rank r weighs
/// (Bias + (1 - Bias) (M - r) / M)^K, then scaled so that the summed loss stays. Source: mmdetection, pisa_loss.py.
/// </remarks>
/// <param name="K">Exponent of the weights. Default 2.</param>
/// <param name="Bias">Least weight before the exponent. Default 0.</param>
[Component]
public record PositiveReweighting(
    [Range(0.0, 10.0, MinimumIsExclusive = true)] double K = 2.0,
    [Range(0.0, 1.0, MaximumIsExclusive = true)] double Bias = 0.0
);
