namespace DetectorDsl;

/// <summary>In which order, and how often, the training images are shown.</summary>
[Component]
public abstract record ImageSampler;
