namespace DetectorDsl;

/// <summary>Loss of a predicted box against its object's, by how they overlap.</summary>
[Component]
public abstract record OverlapLoss;
