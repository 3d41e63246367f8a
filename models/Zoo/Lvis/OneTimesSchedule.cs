using DetectorDsl;

namespace Zoo;

/// <summary>By the schedule of EQL v2's comparison: 12 epochs, every image once.</summary>
[Detector]
public abstract partial record Lvis1xMaskRcnn : LvisMaskRcnn
{
    public override Schedule Schedule => Parts.Schedule1x;

    public override TrainingPlan Training => Parts.Training1x;
}

/// <summary>Binary cross-entropy of every class: Equalization Loss without a tail.</summary>
[Detector]
public partial record MaskRcnnR50FpnSigmoidRandom1x : Lvis1xMaskRcnn
{
    public override BoxHead BoxHead =>
        base.BoxHead with
        {
            Classifier = new Linear { Prior = 0.001 },
            ClassificationLoss = new EqualizationLoss(Lambda: 0),
        };
}

/// <summary>Equalization Loss.</summary>
[Detector]
public partial record MaskRcnnR50FpnEqlRandom1x : Lvis1xMaskRcnn
{
    public override BoxHead BoxHead =>
        base.BoxHead with
        {
            Classifier = new Linear { Prior = 0.001 },
            ClassificationLoss = new EqualizationLoss(),
        };
}

/// <summary>Equalization Loss v2.</summary>
[Detector]
public partial record MaskRcnnR50FpnEqlV2Random1x : Lvis1xMaskRcnn
{
    public override BoxHead BoxHead =>
        base.BoxHead with
        {
            Classifier = new Linear { Prior = 0.001 },
            ClassificationLoss = new EqualizationLossV2(),
        };
}
