using System.ComponentModel.DataAnnotations;

namespace DetectorDsl.EndToEnd.Components;

/// <summary>Cross-entropy with smoothed labels (Szegedy et al. 2016, section 7), its two parts as terms of their own.</summary>
/// <param name="Smoothing">Share of the label that all classes divide among them.</param>
[Component, Module(typeof(SmoothedCrossEntropyModule))]
[Logits(1), LossTerms("loss_cls_label", "loss_cls_uniform")]
public record SmoothedCrossEntropy([Range(0.0, 1.0, MaximumIsExclusive = true)] double Smoothing = 0.1) : ClassificationLoss;
