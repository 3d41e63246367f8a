using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Summaries;

namespace DetectorDsl.Evaluation;

/// <summary>How detections are counted: the conventions of a benchmark.</summary>
public abstract class EvaluationRules
{
    private protected EvaluationRules(string name) => Name = name;

    /// <summary>COCO's: every image is annotated in full; crowds take any number of detections. Source: pycocotools, cocoeval.</summary>
    public static EvaluationRules Coco { get; } = new CocoRules();

    /// <summary>
    /// LVIS's: a category counts only on images where it is annotated or listed as absent, and only hits count where it is listed as not annotated in
    /// full. Source: lvis-api, lvis/eval.
    /// </summary>
    public static EvaluationRules Lvis { get; } = new LvisRules();

    /// <summary><c>coco</c> or <c>lvis</c>.</summary>
    public string Name { get; }

    /// <summary>Whether images list what they were searched for, and anything else goes uncounted.</summary>
    internal abstract bool IsFederated { get; }

    /// <summary>Whether an object is a crowd, which may be matched often, at the cost of none.</summary>
    internal abstract bool IsCrowd(InstanceAnnotation annotation);

    /// <summary>Whether an object need not be found, and finding it costs nothing.</summary>
    internal abstract bool IsIgnored(InstanceAnnotation annotation);

    /// <summary>Whether objects and detections without any area take part.</summary>
    internal abstract bool CountsEmpty { get; }

    /// <summary>The named values.</summary>
    internal abstract ImmutableArray<Metric> Summarize(CurveTable curves);

    /// <summary>Why annotations cannot be evaluated by these rules.</summary>
    /// <param name="truth">The annotations.</param>
    /// <returns>What they lack, and the remedy; null where nothing is wrong.</returns>
    public abstract string? WhyUnfit(AnnotationSet truth);

    /// <inheritdoc />
    public override string ToString() => Name;
}
