using DetectorDsl;

namespace Zoo;

/// <summary>Libra R-CNN: a balanced pyramid, balanced sampling, balanced L1.</summary>
[Detector]
public partial record LibraFasterRcnnR50Fpn : CocoFasterRcnn
{
    public override Neck Neck => new BalancedFeaturePyramid { Inner = Parts.Fpn };

    public override ProposalHead ProposalHead => Parts.Rpn with { Sampler = Parts.FewerNegativeAnchors };

    public override RoiHead RoiHead => Parts.RoiHead with { Sampler = Parts.BalancedRegions };

    public override BoxHead BoxHead => Parts.BoxHead with { BoxLoss = new BalancedL1Loss() };
}

/// <summary>Libra R-CNN of 101 layers.</summary>
[Detector]
public partial record LibraFasterRcnnR101Fpn : LibraFasterRcnnR50Fpn
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>Libra R-CNN on a ResNeXt of 101 layers and 64 groups.</summary>
[Detector]
public partial record LibraFasterRcnnX101x64Fpn : LibraFasterRcnnR50Fpn
{
    public override Backbone Backbone => Parts.Resnext101Of64Groups;
}

/// <summary>RetinaNet with a balanced pyramid and balanced L1.</summary>
[Detector]
public partial record LibraRetinaNetR50Fpn : CocoOneStage
{
    public override Neck Neck => new BalancedFeaturePyramid { Inner = Parts.DenseFpn, RefineLevel = 1 };

    public override DenseHead DenseHead => Parts.RetinaHead with { BoxLoss = new BalancedL1Loss(Beta: 0.11) };
}
