using System.Collections.Immutable;

namespace DetectorDsl.Evaluation.Summaries;

/// <summary>The values that COCO and LVIS share.</summary>
internal static class SummaryMetrics
{
    public static void AddPrecisions(ImmutableArray<Metric>.Builder metrics, CurveTable curves)
    {
        metrics.Add(new Metric("AP", curves.MeanPrecision(0)));
        metrics.Add(new Metric("AP50", curves.MeanPrecision(0, threshold: 0.5)));
        metrics.Add(new Metric("AP75", curves.MeanPrecision(0, threshold: 0.75)));
        for (var area = 1; area < curves.Settings.AreaRanges.Length; area++)
        {
            metrics.Add(new Metric("AP" + curves.Settings.AreaRanges[area].Suffix, curves.MeanPrecision(area)));
        }
    }

    public static void AddRecallsByArea(ImmutableArray<Metric>.Builder metrics, CurveTable curves, string limit)
    {
        for (var area = 1; area < curves.Settings.AreaRanges.Length; area++)
        {
            metrics.Add(new Metric($"AR{curves.Settings.AreaRanges[area].Suffix}@{limit}", curves.MeanRecall(area)));
        }
    }
}
