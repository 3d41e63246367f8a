namespace DetectorDsl.Evaluation.Reporting;

/// <summary>What an evaluation compared.</summary>
/// <param name="Images">Images of the annotations.</param>
/// <param name="Instances">Objects that were to be found; crowds are not counted.</param>
/// <param name="Detections">Detections that were given.</param>
/// <param name="Counted">Detections that took part: within the limits, and of categories that count on their image.</param>
/// <param name="UnknownCategory">Detections of categories that the annotations do not know; they were left out.</param>
public sealed record EvaluationCounts(int Images, int Instances, int Detections, int Counted, int UnknownCategory);
