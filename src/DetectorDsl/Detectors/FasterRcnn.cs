namespace DetectorDsl;

/// <summary>Faster R-CNN (Ren et al. 2015) on a feature pyramid: proposals, then a box head on each.</summary>
/// <remarks>Defaults are mmdetection's, configs/_base_/models/faster-rcnn_r50_fpn.py.</remarks>
[Detector]
public abstract partial record FasterRcnn : Detector
{
    /// <summary>What proposes regions. Default: a region proposal network.</summary>
    public virtual ProposalHead ProposalHead => new Rpn();

    /// <summary>How regions are assigned and sampled. Default: one pass, 512 regions per image.</summary>
    public virtual RoiHead RoiHead => new StandardRoiHead();

    /// <summary>How features are cut out for the box head. Default: RoIAlign, 7 x 7.</summary>
    public virtual RoiExtractor BoxFeatures => new RoiAlign(7);

    /// <summary>The branch that classifies regions and refines boxes. Default: two shared layers of 1,024.</summary>
    public virtual BoxHead BoxHead => new FullyConnectedBoxHead();

    /// <summary>In which copies the trained detector looks at an image. Default: the image as it is.</summary>
    public virtual TestTimeAugmentation TestTimeAugmentation => new();
}
