namespace DetectorDsl.Evaluation.Matching;

/// <summary>Everything that the curves are drawn from.</summary>
/// <param name="Truth">The objects.</param>
/// <param name="Detections">The detections.</param>
/// <param name="Order">Rows of detections: by curve and image, within these by descending score.</param>
/// <param name="Cells">Cells in the order of curves and images.</param>
/// <param name="Matches">What became of each detection, by place in the order.</param>
internal sealed record MatchedDetections(TruthIndex Truth, DetectionTable Detections, int[] Order, Cell[] Cells, MatchTable Matches);
