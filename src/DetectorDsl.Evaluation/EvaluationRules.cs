namespace DetectorDsl.Evaluation;

/// <summary>How detections are counted: the conventions of a benchmark.</summary>
public sealed class EvaluationRules
{
    private EvaluationRules(string name) => Name = name;

    /// <summary>COCO's: every image is annotated in full.</summary>
    public static EvaluationRules Coco { get; } = new("coco");

    /// <summary>LVIS's: a category counts only on images that were searched for it.</summary>
    public static EvaluationRules Lvis { get; } = new("lvis");

    /// <summary><c>coco</c> or <c>lvis</c>.</summary>
    public string Name { get; }
}
