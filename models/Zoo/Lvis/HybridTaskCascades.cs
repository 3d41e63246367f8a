using DetectorDsl;

namespace Zoo;

/// <summary>Cascade Mask R-CNN, cross-entropy, repeat factor sampling, 12 epochs.</summary>
[Detector]
public partial record CascadeMaskRcnnR50FpnCrossEntropyRfs1x : LvisCascadeMaskRcnn
{
    public override ImageSampler TrainSampler => Parts.Rfs;

    public override Schedule Schedule => Parts.Schedule1x;

    public override TrainingPlan Training => Parts.Training1x;
}

/// <summary>Hybrid Task Cascade without semantic branch, cross-entropy, repeat factor sampling, 12 epochs.</summary>
[Detector]
public partial record HtcWithoutSemanticR50FpnCrossEntropyRfs1x : CascadeMaskRcnnR50FpnCrossEntropyRfs1x
{
    public override RoiHead RoiHead => Parts.HybridTaskCascade;
}

/// <summary>HTC-Lite, cross-entropy, repeat factor sampling, 12 epochs.</summary>
[Detector]
public partial record HtcLiteR50FpnCrossEntropyRfs1x : CascadeMaskRcnnR50FpnCrossEntropyRfs1x
{
    public override RoiHead RoiHead =>
        Parts.HybridTaskCascade with
        {
            MaskInformationFlow = false,
            MasksInEveryPass = false,
            Context = new GlobalContext(),
        };
}

/// <summary>Hybrid Task Cascade without semantic branch, Seesaw Loss, normalised classifiers and mask prediction.</summary>
[Detector]
public partial record HtcWithoutSemanticR50FpnSeesawNormedMaskRfs1x : HtcWithoutSemanticR50FpnCrossEntropyRfs1x
{
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(), ClassificationLoss = new SeesawLoss() };

    public override MaskHead MaskHead => base.MaskHead with { Predictor = new NormalizedConvolution() };
}

/// <summary>HTC-Lite, Seesaw Loss, normalised classifiers and mask prediction.</summary>
[Detector]
public partial record HtcLiteR50FpnSeesawNormedMaskRfs1x : HtcLiteR50FpnCrossEntropyRfs1x
{
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(), ClassificationLoss = new SeesawLoss() };

    public override MaskHead MaskHead => base.MaskHead with { Predictor = new NormalizedConvolution() };
}
