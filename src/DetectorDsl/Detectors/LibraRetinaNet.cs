namespace DetectorDsl;

/// <summary>RetinaNet with Libra R-CNN's balanced feature pyramid and balanced L1 (Pang et al. 2019).</summary>
/// <remarks>Defaults are mmdetection's, configs/libra_rcnn/libra-retinanet_r50-fpn_1x_coco.py.</remarks>
[Detector]
public abstract partial record LibraRetinaNet : RetinaNet
{
    /// <summary>What fuses the backbone's feature maps. Default: RetinaNet's pyramid, balanced at the second level.</summary>
    public override Neck Neck => new BalancedFeaturePyramid { Inner = base.Neck, RefineLevel = 1 };

    /// <inheritdoc />
    public override DenseHead DenseHead => new RetinaHead { BoxLoss = new BalancedL1Loss(Beta: 0.11) };
}
