using System.Collections.Immutable;
using DetectorDsl.Evaluation.Matching;
using DetectorDsl.Evaluation.Summaries;

namespace DetectorDsl.Evaluation.Reporting;

/// <summary>Turns curves into the report.</summary>
internal static class ReportBuilder
{
    public static EvaluationReport Build(MatchedDetections matched, CurveTable curves)
    {
        var (truth, settings) = (matched.Truth, matched.Truth.Settings);
        var (instances, detections) = (new int[truth.Curves], new int[truth.Curves]);
        foreach (var cell in matched.Cells)
        {
            detections[cell.Curve] += Math.Min(cell.Detections, settings.MaxDetectionsPerCell ?? int.MaxValue);
        }

        foreach (var target in truth.Objects)
        {
            instances[truth.CurveOf(target.Category)] += target.IsIgnored ? 0 : 1;
        }

        var categories = settings.ClassAgnostic
            ? []
            : truth
                .Categories.Select(
                    (category, place) =>
                        new CategoryResult(category.Id, category.Name)
                        {
                            Frequency = category.Frequency,
                            TrainingImages = category.ImageCount,
                            TrainingInstances = category.InstanceCount,
                            Instances = instances[place],
                            Detections = detections[place],
                            AP = curves.Precision(place, 0),
                            AP50 = curves.Precision(place, 0, 0.5),
                            AP75 = curves.Precision(place, 0, 0.75),
                            AR = curves.Recall(place, 0),
                        }
                )
                .ToImmutableArray();
        var counts = new EvaluationCounts(
            truth.Images.Length,
            instances.Sum(),
            matched.Detections.Count,
            detections.Sum(),
            matched.Detections.UnknownCategories
        );
        return new EvaluationReport(settings.Rules.Name, settings.IouType.Name, settings.Rules.Summarize(curves), categories, counts)
        {
            Truth = truth.Remarks,
        };
    }
}
