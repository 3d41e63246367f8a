using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Equalized Focal Loss (Li et al. 2022): focal loss whose focus on each class grows as its positive gradients fall behind its negative ones.</summary>
/// <remarks>
/// gamma_j = Gamma + Scale (1 - g_j); L = sum over classes of alpha_t (gamma_j / Gamma) (1 - p_t)^gamma_j (-ln p_t); g_j = positive over negative gradients of class j
/// so far, between 0 and 1, at first 1. C sigmoids, which are the scores. With Scale 0 it is focal loss. Source: arXiv 2201.02593, section 3;
/// ModelTC/United-Perception, efl.py.
/// </remarks>
/// <param name="Gamma">Focusing exponent of a class in balance. Default 2.</param>
/// <param name="Alpha">Weight of positives, 1 - Alpha of negatives; -1 for none. Default 0.25.</param>
/// <param name="Scale">How much larger the exponent is for a class without positive gradients. Default 8.</param>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
[Logits(0, PerRegion = true), LossTerms("loss_cls")]
public record EqualizedFocalLoss(
    [Range(0.0, 10.0, MinimumIsExclusive = true)] double Gamma = 2.0,
    [Range(-1.0, 1.0)] double Alpha = 0.25,
    [Range(0.0, 100.0)] double Scale = 8.0,
    [Range(0.0, 1000.0)] double LossWeight = 1.0
) : ClassificationLoss;
