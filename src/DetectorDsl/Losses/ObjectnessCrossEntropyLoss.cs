using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Cross-entropy over the C classes of positive regions, beside a two-way cross-entropy object / no object over all regions.</summary>
/// <remarks>
/// score = P(class) x P(object). Source: Seesaw Loss (Wang et al. 2021), section 3.2 and table 8.
/// </remarks>
/// <param name="LossWeight">Factor of both terms. Default 1.</param>
[Component]
[Logits(2, Dense = false, PerRegion = true), LossTerms("loss_cls_classes", "loss_cls_objectness")]
public record ObjectnessCrossEntropyLoss([Range(0.0, 1000.0)] double LossWeight = 1.0) : ClassificationLoss;
