namespace DetectorDsl;

/// <summary>How a trained detector is scored.</summary>
/// <param name="Rules">Whose rules. Default COCO's.</param>
[Component]
public record EvaluationPlan(EvaluationRules Rules = EvaluationRules.Coco);
