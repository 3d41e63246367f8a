using DetectorDsl;

namespace Zoo;

/// <summary>Seesaw Loss with p = 0.2, ordinary classifier.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawP02PlainLinearRfs : MaskRcnnR50FpnSeesawPlainLinearRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(P: 0.2) };
}

/// <summary>Seesaw Loss with p = 0.4, ordinary classifier.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawP04PlainLinearRfs : MaskRcnnR50FpnSeesawPlainLinearRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(P: 0.4) };
}

/// <summary>Seesaw Loss with p = 0.6, ordinary classifier.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawP06PlainLinearRfs : MaskRcnnR50FpnSeesawPlainLinearRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(P: 0.6) };
}

/// <summary>Seesaw Loss with p = 1.0, ordinary classifier.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawP10PlainLinearRfs : MaskRcnnR50FpnSeesawPlainLinearRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(P: 1.0) };
}

/// <summary>Seesaw Loss with p = 1.2, ordinary classifier.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawP12PlainLinearRfs : MaskRcnnR50FpnSeesawPlainLinearRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(P: 1.2) };
}

/// <summary>Seesaw Loss with q = 0.5, ordinary classifier.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawQ05PlainLinearRfs : MaskRcnnR50FpnSeesawPlainLinearRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(Q: 0.5) };
}

/// <summary>Seesaw Loss with q = 1.0, ordinary classifier.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawQ10PlainLinearRfs : MaskRcnnR50FpnSeesawPlainLinearRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(Q: 1.0) };
}

/// <summary>Seesaw Loss with q = 1.5, ordinary classifier.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawQ15PlainLinearRfs : MaskRcnnR50FpnSeesawPlainLinearRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(Q: 1.5) };
}

/// <summary>Seesaw Loss with q = 2.5, ordinary classifier.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawQ25PlainLinearRfs : MaskRcnnR50FpnSeesawPlainLinearRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(Q: 2.5) };
}

/// <summary>Seesaw Loss with q = 3.0, ordinary classifier.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawQ30PlainLinearRfs : MaskRcnnR50FpnSeesawPlainLinearRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(Q: 3.0) };
}
