using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Detection.Inference;
using DetectorDsl.Evaluation;
using DetectorDsl.Evaluation.Reporting;
using DetectorDsl.Structures;

namespace LongTail.Experiment;

/// <summary>Scores a detector under every limit.</summary>
internal static class Measurement
{
    private static readonly string[] Wanted = ["AP", "AP50", "AP75", "APr", "APc", "APf"];

    /// <summary>Values by name.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="set">Name of the validation set.</param>
    /// <param name="data">The validation set.</param>
    /// <param name="cancellation">Ends it.</param>
    public static IEnumerable<(string Name, double Value)> Of(
        IImageDetector detector,
        string set,
        DetectionDataset data,
        CancellationToken cancellation
    )
    {
        var results = new List<DetectionResult>();
        var most = 0;
        foreach (var prediction in DatasetPredictor.Run(detector, data, threads: 1, cancellation: cancellation))
        {
            var found = prediction.Detections ?? throw new DatasetException(prediction.Problem!);
            most = Math.Max(most, found.Count);
            results.AddRange(Results(found, data));
        }

        yield return ($"{set}.most_detections", most);
        foreach (var (kind, type) in new[] { (Names.Boxes, IouType.Boxes), (Names.Masks, IouType.Masks) })
        {
            foreach (var (limit, settings) in Limits(type))
            {
                foreach (
                    var (metric, value) in Values(new DetectionEvaluator(data.Annotations, settings with { Threads = 1 }).Evaluate(results))
                )
                {
                    yield return (Names.Of(set, kind, limit, metric), value);
                }
            }
        }
    }

    private static IEnumerable<(string Limit, EvaluationSettings Settings)> Limits(IouType type) =>
        [
            (Names.Usual, EvaluationSettings.Lvis(type)),
            (Names.Few, EvaluationSettings.Lvis(type) with { MaxDetectionsPerImage = 30 }),
            (Names.Fixed, EvaluationSettings.LvisFixed(type)),
        ];

    // AP50 of a group is what the difficulty is fixed by; the established software gives it for all classes only.
    private static IEnumerable<(string Metric, double Value)> Values(EvaluationReport report) =>
        [
            .. report.Metrics.Where(metric => Wanted.Contains(metric.Name)).Select(metric => (metric.Name, metric.Value)),
            .. from category in report.Categories
            where category.AP50 >= 0
            group category by category.Frequency into frequency
            select ($"AP50{Letter(frequency.Key!.Value)}", frequency.Average(category => category.AP50)),
        ];

    /// <summary>r, c or f.</summary>
    public static char Letter(CategoryFrequency frequency) =>
        frequency switch
        {
            CategoryFrequency.Rare => 'r',
            CategoryFrequency.Common => 'c',
            _ => 'f',
        };

    private static IEnumerable<DetectionResult> Results(ImageDetections image, DetectionDataset data)
    {
        for (var i = 0; i < image.Count; i++)
        {
            yield return new DetectionResult(
                image.Shape.ImageId,
                data.CategoryIds[image.Labels[i]],
                image.Scores[i],
                ResultBox.Of(image, i),
                image.Masks?[i]
            );
        }
    }
}
