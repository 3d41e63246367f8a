namespace DetectorDsl;

/// <summary>RetinaNet with guided anchors (Wang et al. 2019): one anchor of predicted shape at every place.</summary>
/// <remarks>Defaults are mmdetection's, configs/guided_anchoring/ga_retinanet_r50_fpn_1x_coco.py.</remarks>
[Detector]
public abstract partial record GuidedAnchoringRetinaNet : RetinaNet
{
    /// <inheritdoc />
    public override DenseHead DenseHead => new GuidedAnchorRetinaHead();

    /// <summary>How long training lasts. Default: 12 epochs of 2 images a step, gradients no longer than 35.</summary>
    public override TrainingPlan Training => new() { ClipNorm = 35 };
}
