namespace DetectorDsl;

/// <summary>Parts that detectors with prime sample attention share.</summary>
/// <remarks>Source: mmdetection, configs/pisa/faster-rcnn_r50_fpn_pisa_1x_coco.py.</remarks>
internal static class PisaParts
{
    /// <summary>Region proposal network: 2,000 proposals in training and at inference.</summary>
    public static Rpn ProposalHead => new() { Training = new ProposalSelection(2000, 2000), Inference = new ProposalSelection(2000, 2000) };

    /// <summary>Box branch: two shared layers of 1,024, smooth L1.</summary>
    public static FullyConnectedBoxHead BoxHead => new() { BoxLoss = new SmoothL1Loss() };
}
