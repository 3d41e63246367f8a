namespace DetectorDsl;

/// <summary>Chooses the boxes that a loss sees.</summary>
[Component]
public abstract record BoxSampler;
