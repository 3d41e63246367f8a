namespace DetectorDsl;

/// <summary>Cascade R-CNN with side-aware boundary localization in each of its three passes (SABL, Wang et al. 2020).</summary>
/// <remarks>Defaults are mmdetection's, configs/sabl/sabl-cascade-rcnn_r50_fpn_1x_coco.py: regions are widened less from pass to pass.</remarks>
[Detector]
public abstract partial record SablCascadeRcnn : CascadeRcnn
{
    /// <summary>How regions are assigned, sampled and refined. Default: three passes, whose buckets lie over regions widened by 1.7, 1.5 and 1.3.</summary>
    public override RoiHead RoiHead =>
        new Cascade
        {
            Stages =
            [
                new(0.5, new BucketBoxCoder(Scale: 1.7)),
                new(0.6, new BucketBoxCoder(Scale: 1.5), LossWeight: 0.5),
                new(0.7, new BucketBoxCoder(Scale: 1.3), LossWeight: 0.25),
            ],
        };

    /// <summary>The template of each pass's box branch. Default: 14 buckets.</summary>
    public override BoxHead BoxHead => new SideAwareBoxHead();
}
