using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Detection.Inference;
using DetectorDsl.Evaluation;
using DetectorDsl.Structures;

namespace DetectorDsl.Training.Evaluating;

/// <summary>Runs a detector over a data set and scores what it finds.</summary>
internal static class DatasetEvaluation
{
    public static EvaluationOutcome Run(
        IImageDetector detector,
        DetectionDataset data,
        EvaluationRules rules,
        IProgress<double> progress,
        CancellationToken cancellation
    )
    {
        var predictions = ImmutableArray.CreateBuilder<ImagePrediction>(data.Images.Length);
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var prediction in DatasetPredictor.Run(detector, data, cancellation: cancellation))
        {
            if (prediction.Detections is { } detections)
            {
                predictions.Add(
                    new ImagePrediction(prediction.Index, ResultsOf(detections, data.Images[prediction.Index].Id, data.CategoryIds))
                );
            }
            else
            {
                problems.Add(prediction.Problem!);
            }

            progress.Report((prediction.Index + 1.0) / data.Images.Length);
        }

        var truth = Restrict(data.Annotations, predictions.Select(prediction => data.Images[prediction.Index].Id));
        var results = predictions.SelectMany(prediction => prediction.Results).ToList();
        var boxes = new DetectionEvaluator(truth, rules.Settings(IouType.Boxes)).Evaluate(results);
        var masks =
            detector.HasMasks && truth.Annotations.Any(annotation => annotation.Segmentation is not null)
                ? new DetectionEvaluator(truth, rules.Settings(IouType.Masks)).Evaluate(results)
                : null;
        return new EvaluationOutcome(boxes, masks, predictions.ToImmutable(), problems.ToImmutable());
    }

    /// <summary>Detections in the form of result files.</summary>
    /// <param name="image">Detections of one image.</param>
    /// <param name="imageId">Its id.</param>
    /// <param name="categoryIds">The category of each label.</param>
    public static ImmutableArray<DetectionResult> ResultsOf(ImageDetections image, long imageId, ImmutableArray<int> categoryIds)
    {
        var results = ImmutableArray.CreateBuilder<DetectionResult>(image.Count);
        for (var i = 0; i < image.Count; i++)
        {
            results.Add(
                new DetectionResult(imageId, categoryIds[image.Labels[i]], image.Scores[i], Detections.BoxOf(image, i), image.Masks?[i])
            );
        }

        return results.MoveToImmutable();
    }

    // Images whose file is missing or cannot be read were never searched: what they show counts neither way.
    private static AnnotationSet Restrict(AnnotationSet all, IEnumerable<long> imageIds)
    {
        var seen = imageIds.ToHashSet();
        return all with
        {
            Images = [.. all.Images.Where(image => seen.Contains(image.Id))],
            Annotations = [.. all.Annotations.Where(annotation => seen.Contains(annotation.ImageId))],
        };
    }
}
