namespace DetectorDsl;

/// <summary>How features are cut out for a region of interest.</summary>
[Component]
public abstract record RoiExtractor;
