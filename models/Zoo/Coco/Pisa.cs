using DetectorDsl;

namespace Zoo;

/// <summary>Faster R-CNN with prime sample attention.</summary>
[Detector]
public partial record FasterRcnnR50FpnPisa : CocoFasterRcnn
{
    public override ProposalHead ProposalHead => Parts.PisaRpn;

    public override RoiHead RoiHead => Parts.PrimeSampleRoiHead;

    public override BoxHead BoxHead => Parts.BoxHead with { BoxLoss = new SmoothL1Loss() };
}

/// <summary>Faster R-CNN on a ResNeXt of 101 layers with prime sample attention.</summary>
[Detector]
public partial record FasterRcnnX101FpnPisa : FasterRcnnR50FpnPisa
{
    public override Backbone Backbone => Parts.Resnext101;
}

/// <summary>Mask R-CNN with prime sample attention.</summary>
[Detector]
public partial record MaskRcnnR50FpnPisa : CocoMaskRcnn
{
    public override ProposalHead ProposalHead => Parts.PisaRpn;

    public override RoiHead RoiHead => Parts.PrimeSampleRoiHead;

    public override BoxHead BoxHead => Parts.BoxHead with { BoxLoss = new SmoothL1Loss() };
}

/// <summary>Mask R-CNN on a ResNeXt of 101 layers with prime sample attention.</summary>
[Detector]
public partial record MaskRcnnX101FpnPisa : MaskRcnnR50FpnPisa
{
    public override Backbone Backbone => Parts.Resnext101;
}

/// <summary>RetinaNet with prime sample attention.</summary>
[Detector]
public partial record RetinaNetR50FpnPisa : CocoOneStage
{
    public override DenseHead DenseHead =>
        Parts.RetinaHead with
        {
            BoxLoss = new SmoothL1Loss(Beta: 0.11),
            Reweighting = new PositiveReweighting(),
            Regression = new ClassAwareRegression(),
        };
}

/// <summary>RetinaNet on a ResNeXt of 101 layers with prime sample attention.</summary>
[Detector]
public partial record RetinaNetX101FpnPisa : RetinaNetR50FpnPisa
{
    public override Backbone Backbone => Parts.Resnext101;
}
