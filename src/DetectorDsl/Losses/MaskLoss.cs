namespace DetectorDsl;

/// <summary>Loss of predicted masks.</summary>
[Component]
public abstract record MaskLoss;
