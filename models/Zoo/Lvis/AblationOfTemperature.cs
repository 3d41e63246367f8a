using DetectorDsl;

namespace Zoo;

/// <summary>Seesaw Loss, normalised classifier of temperature 10.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawT10Rfs : MaskRcnnR50FpnSeesawRfs
{
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(Temperature: 10) };
}

/// <summary>Seesaw Loss, normalised classifier of temperature 15.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawT15Rfs : MaskRcnnR50FpnSeesawRfs
{
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(Temperature: 15) };
}

/// <summary>Seesaw Loss, normalised classifier of temperature 25.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawT25Rfs : MaskRcnnR50FpnSeesawRfs
{
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(Temperature: 25) };
}

/// <summary>Seesaw Loss, normalised classifier of temperature 30.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawT30Rfs : MaskRcnnR50FpnSeesawRfs
{
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(Temperature: 30) };
}
