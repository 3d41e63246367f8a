namespace DetectorDsl;

/// <summary>Faster R-CNN with side-aware boundary localization (SABL, Wang et al. 2020).</summary>
/// <remarks>Defaults are mmdetection's, configs/sabl/sabl-faster-rcnn_r50_fpn_1x_coco.py.</remarks>
[Detector]
public abstract partial record SablFasterRcnn : FasterRcnn
{
    /// <summary>The branch that classifies regions and finds the sides of their boxes. Default: 14 buckets over regions widened by 1.7.</summary>
    public override BoxHead BoxHead => new SideAwareBoxHead();
}
