using System.Collections.Immutable;
using DetectorDsl.Evaluation;
using DetectorDsl.Evaluation.Reporting;

namespace DetectorDsl.Training.Evaluating;

/// <summary>What came of an evaluation.</summary>
/// <param name="Boxes">Values of the boxes.</param>
/// <param name="Masks">Values of the masks; null for a detector without masks or data without segmentations.</param>
/// <param name="Predictions">Every detection, images in the data set's order, best first.</param>
/// <param name="Problems">Images that could not be read; they count neither way.</param>
internal sealed record EvaluationOutcome(
    EvaluationReport Boxes,
    EvaluationReport? Masks,
    ImmutableArray<ImagePrediction> Predictions,
    ImmutableArray<string> Problems
)
{
    public IEnumerable<DetectionResult> Results => Predictions.SelectMany(prediction => prediction.Results);
}

/// <summary>Detections of one image.</summary>
/// <param name="Index">The image, by its place in the data set.</param>
/// <param name="Results">Its detections, best first.</param>
internal sealed record ImagePrediction(int Index, ImmutableArray<DetectionResult> Results);
