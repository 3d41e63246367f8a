namespace DetectorDsl;

/// <summary>A change of a training image and of its annotations.</summary>
[Component]
public abstract record Augmentation;
