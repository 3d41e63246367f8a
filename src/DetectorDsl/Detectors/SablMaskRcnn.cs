namespace DetectorDsl;

/// <summary>Mask R-CNN with side-aware boundary localization (SABL, Wang et al. 2020).</summary>
/// <remarks>Defaults are those of <see cref="SablFasterRcnn" /> and <see cref="MaskRcnn" />; mmdetection has no such file.</remarks>
[Detector]
public abstract partial record SablMaskRcnn : MaskRcnn
{
    /// <summary>The branch that classifies regions and finds the sides of their boxes. Default: 14 buckets over regions widened by 1.7.</summary>
    public override BoxHead BoxHead => new SideAwareBoxHead();
}
