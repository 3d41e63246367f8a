using DetectorDsl;

namespace Zoo;

/// <summary>Faster R-CNN with CARAFE in the pyramid.</summary>
[Detector]
public partial record FasterRcnnR50FpnCarafe : CocoFasterRcnn
{
    public override Neck Neck => Parts.CarafeFpn;

    public override Preprocessing Preprocessing => Parts.Preprocessing with { PadTo = 64 };
}

/// <summary>Mask R-CNN with CARAFE in pyramid and mask head.</summary>
[Detector]
public partial record MaskRcnnR50FpnCarafe : CocoMaskRcnn
{
    public override Neck Neck => Parts.CarafeFpn;

    public override MaskHead MaskHead => Parts.MaskHead with { Upsampling = Parts.Carafe };

    public override Preprocessing Preprocessing => Parts.Preprocessing with { PadTo = 64 };
}
