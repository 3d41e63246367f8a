namespace DetectorDsl;

/// <summary>The trunk that turns images (N x 3 x H x W) into feature maps of falling resolution.</summary>
[Component]
public abstract record Backbone;
