namespace DetectorDsl;

/// <summary>Mask R-CNN (He et al. 2017): Faster R-CNN with a branch that segments each object.</summary>
/// <remarks>Defaults are mmdetection's, configs/_base_/models/mask-rcnn_r50_fpn.py.</remarks>
[Detector]
public abstract partial record MaskRcnn : FasterRcnn
{
    /// <summary>How features are cut out for the mask head. Default: RoIAlign, 14 x 14.</summary>
    public virtual RoiExtractor MaskFeatures => new RoiAlign(14);

    /// <summary>The branch that segments each object. Default: four convolutions and a transposed one, one mask per class.</summary>
    public virtual MaskHead MaskHead => new FcnMaskHead();
}
