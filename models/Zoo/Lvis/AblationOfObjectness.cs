using DetectorDsl;

namespace Zoo;

/// <summary>Seesaw Loss with background as one more class.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawWithoutObjectnessRfs : MaskRcnnR50FpnSeesawRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawSoftmaxLoss() };
}
