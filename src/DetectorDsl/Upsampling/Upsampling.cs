namespace DetectorDsl;

/// <summary>How a map is enlarged to twice its size.</summary>
[Component]
public abstract record Upsampling;
