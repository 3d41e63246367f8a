namespace DetectorDsl;

/// <summary>Parts that detectors with several passes over the regions share.</summary>
/// <remarks>Source: mmdetection, configs/_base_/models/cascade-mask-rcnn_r50_fpn.py.</remarks>
internal static class CascadeParts
{
    /// <summary>Region proposal network: anchors within the image, smooth L1, 2,000 proposals in training and 1,000 at inference.</summary>
    public static Rpn ProposalHead =>
        new()
        {
            AllowedBorder = 0,
            BoxLoss = new SmoothL1Loss(Beta: 1.0 / 9),
            Training = new ProposalSelection(2000, 2000),
        };

    /// <summary>Box branch: two shared layers of 1,024, smooth L1.</summary>
    public static FullyConnectedBoxHead BoxHead => new() { BoxLoss = new SmoothL1Loss() };
}
