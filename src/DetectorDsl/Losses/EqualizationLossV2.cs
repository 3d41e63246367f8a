using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Equalization Loss v2 (Tan et al. 2021): independent sigmoids whose positives and negatives weigh by the gradients that each class has had.</summary>
/// <remarks>
/// g = positive over negative gradients of a class so far; its negatives weigh n = 1 / (1 + e^(-Gamma (g - Mu))), its positives 1 + Alpha (1 - n). C sigmoids and one
/// for "is background", which weighs 1; score = p_class (1 - p_background). Source: arXiv 2012.08548, section 3; tztztztztz/eqlv2,
/// mmdet/models/losses/eqlv2.py.
/// </remarks>
/// <param name="Gamma">Steepness of the negatives' weight. Default 12.</param>
/// <param name="Mu">Ratio at which negatives weigh half. Default 0.8.</param>
/// <param name="Alpha">How much more positives weigh where negatives weigh nothing. Default 4.</param>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
[Logits(1, PerRegion = true), LossTerms("loss_cls")]
public record EqualizationLossV2(
    [Range(0.0, 1000.0)] double Gamma = 12.0,
    [Range(0.0, 100.0)] double Mu = 0.8,
    [Range(0.0, 1000.0)] double Alpha = 4.0,
    [Range(0.0, 1000.0)] double LossWeight = 1.0
) : ClassificationLoss;
