using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Logit adjustment (Menon et al. 2021): softmax cross-entropy of logits that are raised by the log of the classes' priors in training only.</summary>
/// <remarks>
/// L = CE(z + Tau ln pi, y); pi of a class is (1 - BackgroundShare) n / sum of n with n the training instances, at least 1; that of background is BackgroundShare.
/// C + 1 logits, the last for background; scores are the softmax of z. A share of 0.5 is the same as leaving background its prior 1; the share
/// of negatives among the sampled regions (0.75) is the other choice. Source: arXiv 2007.07314, section 5.
/// </remarks>
/// <param name="Tau">Strength of the adjustment; 0 is cross-entropy. Default 1.</param>
/// <param name="BackgroundShare">Prior of background. Default 0.5.</param>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
[Logits(1, PerRegion = true), LossTerms("loss_cls"), LossNeeds(ClassFrequencies = true)]
public record LogitAdjustedLoss(
    [Range(0.0, 100.0)] double Tau = 1.0,
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)] double BackgroundShare = 0.5,
    [Range(0.0, 1000.0)] double LossWeight = 1.0
) : ClassificationLoss;

/// <summary>Balanced Softmax (Ren et al. 2020): logit adjustment by the instance counts themselves.</summary>
/// <remarks>L = -ln( n_y e^z_y / sum over j of n_j e^z_j ). Source: arXiv 2007.10740, section 3.</remarks>
[Component]
public record BalancedSoftmaxLoss() : LogitAdjustedLoss(Tau: 1.0);
