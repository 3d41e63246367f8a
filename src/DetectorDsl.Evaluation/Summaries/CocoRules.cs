using System.Collections.Immutable;
using System.Globalization;

namespace DetectorDsl.Evaluation.Summaries;

/// <summary>COCO's conventions.</summary>
internal sealed class CocoRules() : EvaluationRules("coco")
{
    internal override bool IsFederated => false;

    internal override bool ObservesCrowds => true;

    internal override bool CountsEmpty => true;

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
