namespace DetectorDsl;

/// <summary>How activations are normalised after a convolution.</summary>
[Component]
public abstract record Normalization;
