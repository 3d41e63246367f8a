using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Seesaw Loss (Wang et al. 2021): softmax cross-entropy whose negative gradients on rarer and on well-separated classes are rescaled, with an objectness branch.</summary>
/// <remarks>
/// L = -ln( e^z_i / ( sum over j != i of S_ij e^z_j + e^z_i ) ), S_ij = M_ij C_ij without gradient; mitigation M_ij = min(1, (N_j / N_i)^P),
/// compensation C_ij = max(1, (s_j / s_i)^Q) with s = softmax(z). C class logits and two for object / no object; score = P(class) x P(object).
/// Source: arXiv 2008.10032, sections 3.1 and 3.2; mmdetection, seesaw_loss.py.
/// </remarks>
/// <param name="P">Strength of the mitigation factor; 0 switches it off. Default 0.8.</param>
/// <param name="Q">Strength of the compensation factor; 0 switches it off. Default 2.</param>
/// <param name="Epsilon">Lower bound of the own class's probability in the compensation factor. Default 0.01.</param>
/// <param name="LossWeight">Factor of both terms. Default 1.</param>
/// <param name="Counts">Where the class counts come from; default: accumulated online.</param>
[Component]
[Logits(2, Dense = false, PerRegion = true), LossTerms("loss_cls_classes", "loss_cls_objectness")]
public record SeesawLoss(
    [Range(0.0, 10.0)] double P = 0.8,
    [Range(0.0, 10.0)] double Q = 2.0,
    [Range(0.0, 1.0, MinimumIsExclusive = true)] double Epsilon = 0.01,
    [Range(0.0, 1000.0)] double LossWeight = 1.0,
    SeesawCounts Counts = SeesawCounts.Online
) : ClassificationLoss;
