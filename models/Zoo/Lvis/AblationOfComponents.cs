using DetectorDsl;

namespace Zoo;

/// <summary>Cross-entropy with an objectness branch.</summary>
[Detector]
public partial record MaskRcnnR50FpnObjectnessRfs : MaskRcnnR50FpnCrossEntropyRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new ObjectnessCrossEntropyLoss() };
}

/// <summary>Cross-entropy with an objectness branch, normalised classifier.</summary>
[Detector]
public partial record MaskRcnnR50FpnObjectnessNormedLinearRfs : MaskRcnnR50FpnObjectnessRfs
{
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear() };
}

/// <summary>Seesaw Loss, ordinary classifier.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawPlainLinearRfs : MaskRcnnR50FpnCrossEntropyRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss() };
}

/// <summary>The mitigation factor of Seesaw Loss alone, ordinary classifier.</summary>
[Detector]
public partial record MaskRcnnR50FpnMitigationRfs : MaskRcnnR50FpnCrossEntropyRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(Q: 0) };
}

/// <summary>The compensation factor of Seesaw Loss alone, ordinary classifier.</summary>
[Detector]
public partial record MaskRcnnR50FpnCompensationRfs : MaskRcnnR50FpnCrossEntropyRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(P: 0) };
}
