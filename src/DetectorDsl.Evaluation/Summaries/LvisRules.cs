using System.Collections.Immutable;
using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Summaries;

/// <summary>LVIS's conventions.</summary>
internal sealed class LvisRules() : EvaluationRules("lvis")
{
    // lvis-api names its recalls so whatever the limit in force; the names stay comparable.
    private const string Limit = "300";

    internal override bool IsFederated => true;

    internal override bool CountsEmpty => false;

    /// <inheritdoc />
    public override string? WhyUnfit(AnnotationSet truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        return
            truth.Images.IsEmpty
            || truth.Images.Any(image =>
                image.StatesNegatives || !image.NegativeCategoryIds.IsEmpty || !image.NotExhaustiveCategoryIds.IsEmpty
            )
            ? null
            : "No image lists the categories that are absent from it (neg_category_ids), as LVIS's rules need: false alarms would count only where an object of "
                + "their category is, and the numbers would be too good. Evaluate by COCO's rules (--rules coco; in a declaration EvaluationRules.Coco), or use a file in the LVIS format.";
    }

    internal override bool IsCrowd(InstanceAnnotation annotation) => false;

    internal override bool IsIgnored(InstanceAnnotation annotation) => annotation.IsIgnored;

    internal override ImmutableArray<Metric> Summarize(CurveTable curves)
    {
        var metrics = ImmutableArray.CreateBuilder<Metric>();
        SummaryMetrics.AddPrecisions(metrics, curves);
        if (!curves.Settings.ClassAgnostic)
        {
            metrics.Add(new Metric("APr", curves.MeanPrecision(0, frequency: CategoryFrequency.Rare)));
            metrics.Add(new Metric("APc", curves.MeanPrecision(0, frequency: CategoryFrequency.Common)));
            metrics.Add(new Metric("APf", curves.MeanPrecision(0, frequency: CategoryFrequency.Frequent)));
        }

        metrics.Add(new Metric("AR@" + Limit, curves.MeanRecall(0)));
        SummaryMetrics.AddRecallsByArea(metrics, curves, Limit);
        return metrics.ToImmutable();
    }
}
