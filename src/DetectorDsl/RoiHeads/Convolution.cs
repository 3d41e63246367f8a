namespace DetectorDsl;

/// <summary>An ordinary 1x1 convolution.</summary>
[Component]
public record Convolution : MaskPredictor;
