using DetectorDsl;

namespace Zoo;

/// <summary>Seesaw Loss, CARAFE in pyramid and mask head.</summary>
[Detector]
public partial record MaskRcnnR50FpnCarafeSeesawRfs : MaskRcnnR50FpnSeesawRfs
{
    public override Neck Neck => Parts.CarafeFpn;

    public override MaskHead MaskHead => Parts.MaskHead with { Upsampling = Parts.Carafe };

    public override Preprocessing Preprocessing => Parts.Preprocessing with { PadTo = 64 };
}

/// <summary>Seesaw Loss, prime sample attention; classes are counted once.</summary>
[Detector]
public partial record MaskRcnnR50FpnPisaSeesawRfs : MaskRcnnR50FpnSeesawRfs
{
    public override RoiHead RoiHead => Parts.PrimeSampleRoiHead;

    public override BoxHead BoxHead => base.BoxHead with { BoxLoss = new SmoothL1Loss() };
}

/// <summary>Seesaw Loss, side-aware boundary localization.</summary>
[Detector]
public partial record MaskRcnnR50FpnSablSeesawRfs : MaskRcnnR50FpnSeesawRfs
{
    public override BoxHead BoxHead =>
        Parts.SideAwareBoxHead with
        {
            Classifier = new NormalizedLinear(),
            ClassificationLoss = new SeesawLoss(),
        };
}
