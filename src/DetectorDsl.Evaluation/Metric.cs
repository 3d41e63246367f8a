namespace DetectorDsl.Evaluation;

/// <summary>A named value of an evaluation.</summary>
/// <param name="Name">Its name, such as <c>AP50</c>.</param>
/// <param name="Value">0 to 1; -1 where there is nothing to average.</param>
public readonly record struct Metric(string Name, double Value);
