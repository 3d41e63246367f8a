namespace DetectorDsl;

/// <summary>Faster R-CNN with prime sample attention (PISA, Cao et al. 2020).</summary>
/// <remarks>Defaults are mmdetection's, configs/pisa/faster-rcnn_r50_fpn_pisa_1x_coco.py.</remarks>
[Detector]
public abstract partial record PisaFasterRcnn : FasterRcnn
{
    /// <summary>What proposes regions. Default: a region proposal network, 2,000 proposals in training and at inference.</summary>
    public override ProposalHead ProposalHead => PisaParts.ProposalHead;

    /// <summary>How regions are assigned, sampled and weighed. Default: positives by the fit of their boxes, negatives by their scores, a second box loss.</summary>
    public override RoiHead RoiHead => new PrimeSampleRoiHead();

    /// <summary>The branch that classifies regions and refines boxes. Default: two shared layers of 1,024, smooth L1.</summary>
    public override BoxHead BoxHead => PisaParts.BoxHead;
}
