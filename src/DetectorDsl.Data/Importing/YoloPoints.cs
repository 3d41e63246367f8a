namespace DetectorDsl.Data.Importing;

/// <summary>The key points that each row of a pose data set carries behind its box (<c>kpt_shape</c>).</summary>
/// <param name="Count">Points of an object, from 1.</param>
/// <param name="Values">Numbers of a point: 2, or 3 with its visibility.</param>
public sealed record YoloPoints(int Count, int Values);
