using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Equilibrium loss of LOCE (Feng et al. 2021): softmax cross-entropy in which every class weighs as much as its mean score.</summary>
/// <remarks>
/// L = -ln( m_y e^z_y / sum over k of m_k e^z_k ); m_k is a moving average of the scores that class k has on its own objects, each object counting once with the mean
/// over its regions. C + 1 logits, the last for background; scores are the softmax of z. Published as a second stage of 6 epochs on a trained
/// detector. Source: arXiv 2108.07507, section 3.2; fcjian/LOCE, equilibrium_loss.py and loce_roi_head.py.
/// </remarks>
/// <param name="Momentum">Share of the old mean that one more object leaves. Default 0.9.</param>
/// <param name="FirstScore">Mean score of a class before its first object. Default 0.01.</param>
/// <param name="BackgroundScore">Mean score of background, fixed. Default 0.01.</param>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
[Logits(1, Dense = false, PerRegion = true), LossTerms("loss_cls"), LossNeeds(Objects = true)]
public record EquilibriumLoss(
    [Range(0.0, 1.0, MaximumIsExclusive = true)] double Momentum = 0.9,
    [Range(0.0, 1.0, MinimumIsExclusive = true)] double FirstScore = 0.01,
    [Range(0.0, 1.0, MinimumIsExclusive = true)] double BackgroundScore = 0.01,
    [Range(0.0, 1000.0)] double LossWeight = 1.0
) : ClassificationLoss;
