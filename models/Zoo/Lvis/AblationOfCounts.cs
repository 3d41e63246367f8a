using DetectorDsl;

namespace Zoo;

/// <summary>Seesaw Loss by the data set's instance counts.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawDataSetCountsRfs : MaskRcnnR50FpnSeesawRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(Counts: SeesawCounts.DataSet) };
}

/// <summary>Seesaw Loss by the counts of a finished run, loaded with --weights.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawFrozenCountsRfs : MaskRcnnR50FpnSeesawRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(Counts: SeesawCounts.Frozen) };
}
