namespace DetectorDsl;

/// <summary>What fuses the backbone's feature maps into a pyramid.</summary>
[Component]
public abstract record Neck;
