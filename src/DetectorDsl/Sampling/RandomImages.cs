namespace DetectorDsl;

/// <summary>Every image once per epoch, in random order.</summary>
[Component]
public record RandomImages : ImageSampler;
