namespace DetectorDsl;

/// <summary>Cascade Mask R-CNN (Cai and Vasconcelos 2019): Mask R-CNN with three passes over the regions, each with a box and a mask branch.</summary>
/// <remarks>Defaults are mmdetection's, configs/_base_/models/cascade-mask-rcnn_r50_fpn.py.</remarks>
[Detector]
public abstract partial record CascadeMaskRcnn : MaskRcnn
{
    /// <summary>What proposes regions. Default: a region proposal network on anchors within the image, smooth L1, 2,000 proposals in training.</summary>
    public override ProposalHead ProposalHead => CascadeParts.ProposalHead;

    /// <summary>How regions are assigned, sampled and refined. Default: three passes.</summary>
    public override RoiHead RoiHead => new Cascade();

    /// <summary>The template of each pass's box branch. Default: two shared layers of 1,024, smooth L1, class-agnostic boxes.</summary>
    public override BoxHead BoxHead => CascadeParts.BoxHead;
}
