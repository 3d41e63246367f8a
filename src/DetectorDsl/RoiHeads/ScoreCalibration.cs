namespace DetectorDsl;

/// <summary>Changes the scores of a trained detector; takes no part in training.</summary>
[Component]
public abstract record ScoreCalibration;
