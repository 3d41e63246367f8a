namespace DetectorDsl.Evaluation.Errors;

/// <summary>How often objects of one category were detected as another.</summary>
/// <param name="TruthId">The object's category; null for detections in no object's place.</param>
/// <param name="DetectedId">The detection's category; null for objects that were not detected.</param>
/// <param name="Count">How often.</param>
public readonly record struct Confusion(int? TruthId, int? DetectedId, int Count);
