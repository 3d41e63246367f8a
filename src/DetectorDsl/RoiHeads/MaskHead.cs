namespace DetectorDsl;

/// <summary>The branch that segments the object of a region.</summary>
[Component]
public abstract record MaskHead
{
    /// <summary>Last layer. Default: an ordinary 1x1 convolution.</summary>
    public MaskPredictor Predictor { get; init; } = new Convolution();

    /// <summary>Loss on the mask of the object's class. Default: binary cross-entropy, mean over pixels and regions.</summary>
    public MaskLoss Loss { get; init; } = new MaskBinaryCrossEntropyLoss();

    /// <summary>Whether one mask is predicted per region (true) or one per class (false). Null (default) leaves it to the surroundings: one per class.</summary>
    public bool? ClassAgnostic { get; init; }

    /// <summary>How targets are cut from the objects' masks. Default: half a pixel shifted, each cell 0 or 1.</summary>
    public MaskTargets Targets { get; init; } = new();
}
