namespace DetectorDsl;

/// <summary>The last layer of a box head, from features to logits.</summary>
[Component]
public abstract record Classifier;
