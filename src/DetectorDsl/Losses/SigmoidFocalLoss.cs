using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Focal loss (Lin et al. 2017) over C independent sigmoids; background is no class.</summary>
/// <remarks>
/// L = -alpha_t (1 - p_t)^Gamma ln p_t, summed over classes.
/// </remarks>
/// <param name="Gamma">Focusing exponent. Default 2.</param>
/// <param name="Alpha">Weight of positives, 1 - Alpha of negatives; -1 for none. Default 0.25.</param>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
[Logits(0, PerRegion = true), LossTerms("loss_cls")]
public record SigmoidFocalLoss(
    [Range(0.0, 10.0)] double Gamma = 2.0,
    [Range(-1.0, 1.0)] double Alpha = 0.25,
    [Range(0.0, 1000.0)] double LossWeight = 1.0
) : ClassificationLoss;
