using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Softmax cross-entropy over C + 1 logits, the last being background.</summary>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
[Logits(1, PerRegion = true), LossTerms("loss_cls")]
public record CrossEntropyLoss([Range(0.0, 1000.0)] double LossWeight = 1.0) : ClassificationLoss;
