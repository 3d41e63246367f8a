namespace DetectorDsl;

/// <summary>Libra R-CNN (Pang et al. 2019) on Faster R-CNN: a balanced feature pyramid, regions sampled evenly over overlaps and objects, balanced L1.</summary>
/// <remarks>Defaults are mmdetection's, configs/libra_rcnn/libra-faster-rcnn_r50-fpn_1x_coco.py.</remarks>
[Detector]
public abstract partial record LibraFasterRcnn : FasterRcnn
{
    /// <summary>What fuses the backbone's feature maps. Default: a feature pyramid of five levels with 256 channels, balanced at the third.</summary>
    public override Neck Neck => new BalancedFeaturePyramid { Inner = base.Neck };

    /// <summary>What proposes regions. Default: a region proposal network with at most five negative anchors for a positive.</summary>
    public override ProposalHead ProposalHead => LibraParts.ProposalHead;

    /// <summary>How regions are assigned and sampled. Default: one pass, 512 regions per image, spread over objects and overlaps.</summary>
    public override RoiHead RoiHead => LibraParts.RoiHead;

    /// <summary>The branch that classifies regions and refines boxes. Default: two shared layers of 1,024, balanced L1.</summary>
    public override BoxHead BoxHead => LibraParts.BoxHead;
}
