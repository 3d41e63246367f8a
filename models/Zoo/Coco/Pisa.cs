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
