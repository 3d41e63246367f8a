namespace DetectorDsl;

/// <summary>The last layer of a mask head, from features to one mask per class.</summary>
[Component]
public abstract record MaskPredictor;
