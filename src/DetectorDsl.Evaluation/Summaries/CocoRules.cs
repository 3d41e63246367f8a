using System.Collections.Immutable;
using System.Globalization;
using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Summaries;

/// <summary>COCO's conventions.</summary>
internal sealed class CocoRules() : EvaluationRules("coco")
{
    internal override bool IsFederated => false;

    internal override bool CountsEmpty => true;

    /// <inheritdoc />
    public override string? WhyUnfit(AnnotationSet truth) => null;

    internal override bool IsCrowd(InstanceAnnotation annotation) => annotation.IsCrowd;

    // pycocotools sets the file's mark to that of a crowd.
    internal override bool IsIgnored(InstanceAnnotation annotation) => annotation.IsCrowd;

    internal override ImmutableArray<Metric> Summarize(CurveTable curves)
    {
        var metrics = ImmutableArray.CreateBuilder<Metric>();
        SummaryMetrics.AddPrecisions(metrics, curves);
        var limits = curves.Settings.MaxDetections;
        for (var i = 0; i < limits.Length; i++)
        {
            metrics.Add(new Metric(string.Create(CultureInfo.InvariantCulture, $"AR@{limits[i]}"), curves.MeanRecallAt(i)));
        }

        var last = limits.IsEmpty ? "all" : limits[^1].ToString(CultureInfo.InvariantCulture);
        if (limits.IsEmpty)
        {
            metrics.Add(new Metric("AR@all", curves.MeanRecall(0)));
        }

        SummaryMetrics.AddRecallsByArea(metrics, curves, last);
        return metrics.ToImmutable();
    }
}
