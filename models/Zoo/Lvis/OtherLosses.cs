using DetectorDsl;

namespace Zoo;

/// <summary>Equalization Loss v2.</summary>
[Detector]
public partial record MaskRcnnR50FpnEqlV2Rfs : MaskRcnnR50FpnCrossEntropyRfs
{
    public override BoxHead BoxHead =>
        base.BoxHead with
        {
            Classifier = new Linear { Prior = 0.001 },
            ClassificationLoss = new EqualizationLossV2(),
        };
}

/// <summary>Federated loss.</summary>
[Detector]
public partial record MaskRcnnR50FpnFederatedRfs : MaskRcnnR50FpnCrossEntropyRfs
{
    public override BoxHead BoxHead =>
        base.BoxHead with
        {
            Classifier = new Linear { Prior = 0.001 },
            ClassificationLoss = new FederatedLoss(),
        };
}

/// <summary>DropLoss.</summary>
[Detector]
public partial record MaskRcnnR50FpnDropLossRandom : MaskRcnnR50FpnCrossEntropyRandom
{
    public override BoxHead BoxHead =>
        base.BoxHead with
        {
            Classifier = new Linear { Prior = 0.001 },
            ClassificationLoss = new DropLoss(),
        };
}

/// <summary>Adaptive Class Suppression Loss, trained end to end.</summary>
[Detector]
public partial record MaskRcnnR50FpnAcslRandom : MaskRcnnR50FpnCrossEntropyRandom
{
    public override BoxHead BoxHead =>
        base.BoxHead with
        {
            Classifier = new Linear { Prior = 0.001 },
            ClassificationLoss = new AdaptiveClassSuppressionLoss(),
        };
}

/// <summary>Balanced Softmax.</summary>
[Detector]
public partial record MaskRcnnR50FpnBalancedSoftmaxRandom : MaskRcnnR50FpnCrossEntropyRandom
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new BalancedSoftmaxLoss() };
}

/// <summary>Logit adjustment, with the share of negatives among the sampled regions as prior of the background.</summary>
[Detector]
public partial record MaskRcnnR50FpnLogitAdjustedRandom : MaskRcnnR50FpnCrossEntropyRandom
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new LogitAdjustedLoss(BackgroundShare: 0.75) };
}

/// <summary>Cross-entropy, scores calibrated at inference by NorCal.</summary>
[Detector]
public partial record MaskRcnnR50FpnNorCalRandom : MaskRcnnR50FpnCrossEntropyRandom
{
    public override DetectionSelection Detections => base.Detections with { Calibration = new NorCal() };
}

/// <summary>Focal loss of every class.</summary>
[Detector]
public partial record MaskRcnnR50FpnFocalRandom : MaskRcnnR50FpnCrossEntropyRandom
{
    public override BoxHead BoxHead =>
        base.BoxHead with
        {
            Classifier = new Linear { Prior = 0.01 },
            ClassificationLoss = new SigmoidFocalLoss(),
        };
}

/// <summary>Simple Copy-Paste with jitter of the scale, cross-entropy.</summary>
[Detector]
public partial record MaskRcnnR50FpnCopyPasteRfs : MaskRcnnR50FpnCrossEntropyRfs
{
    public override ValueList<Augmentation> Augmentations => Parts.CopyPaste;
}

/// <summary>Seesaw Loss, normalised classifier and mask prediction, Simple Copy-Paste.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawCopyPasteRfs : MaskRcnnR50FpnSeesawNormedMaskRfs
{
    public override ValueList<Augmentation> Augmentations => Parts.CopyPaste;
}
