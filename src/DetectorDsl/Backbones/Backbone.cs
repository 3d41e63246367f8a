namespace DetectorDsl;

/// <summary>What turns images (N x 3 x H x W) into feature maps of decreasing resolution.</summary>
[Component]
public abstract record Backbone;
