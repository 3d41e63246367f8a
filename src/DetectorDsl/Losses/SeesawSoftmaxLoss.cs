using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Seesaw Loss without the objectness branch (Wang et al. 2021): one softmax in which background is one more class.</summary>
/// <remarks>
/// The formula is that of <see cref="SeesawLoss" /> over C + 1 columns, the last for background; scores are the softmax. As background outnumbers every class, the mitigation
/// factor keeps it from pushing any class down, and the paper (table 8) reports lower AP than with the branch. Also for heads that are
/// evaluated at every location.
/// </remarks>
/// <param name="P">Strength of the mitigation factor; 0 switches it off. Default 0.8.</param>
/// <param name="Q">Strength of the compensation factor; 0 switches it off. Default 2.</param>
/// <param name="Epsilon">Lower bound of the own class's probability in the compensation factor. Default 0.01.</param>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
[Logits(1, PerRegion = true), LossTerms("loss_cls")]
public record SeesawSoftmaxLoss(
    [Range(0.0, 10.0)] double P = 0.8,
    [Range(0.0, 10.0)] double Q = 2.0,
    [Range(0.0, 1.0, MinimumIsExclusive = true)] double Epsilon = 0.01,
    [Range(0.0, 1000.0)] double LossWeight = 1.0
) : ClassificationLoss;
