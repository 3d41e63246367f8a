using DetectorDsl;

namespace Zoo;

/// <summary>Cross-entropy, 101 layers.</summary>
[Detector]
public partial record CascadeMaskRcnnR101FpnCrossEntropyRandom : LvisCascadeMaskRcnn
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>Equalization Loss, 101 layers.</summary>
[Detector]
public partial record CascadeMaskRcnnR101FpnEqlRandom : CascadeMaskRcnnR101FpnCrossEntropyRandom
{
    public override BoxHead BoxHead =>
        base.BoxHead with
        {
            Classifier = new Linear { Prior = 0.001 },
            ClassificationLoss = new EqualizationLoss(),
        };
}

/// <summary>Balanced Group Softmax, trained end to end, 101 layers.</summary>
[Detector]
public partial record CascadeMaskRcnnR101FpnBagsRandom : CascadeMaskRcnnR101FpnCrossEntropyRandom
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new GroupSoftmaxLoss() };
}

/// <summary>Seesaw Loss, normalised classifiers, 101 layers.</summary>
[Detector]
public partial record CascadeMaskRcnnR101FpnSeesawRandom : CascadeMaskRcnnR101FpnCrossEntropyRandom
{
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(), ClassificationLoss = new SeesawLoss() };
}

/// <summary>Seesaw Loss, normalised classifiers and mask prediction, 101 layers.</summary>
[Detector]
public partial record CascadeMaskRcnnR101FpnSeesawNormedMaskRandom : CascadeMaskRcnnR101FpnSeesawRandom
{
    public override MaskHead MaskHead => base.MaskHead with { Predictor = new NormalizedConvolution() };
}

/// <summary>Cross-entropy, 101 layers, repeat factor sampling.</summary>
[Detector]
public partial record CascadeMaskRcnnR101FpnCrossEntropyRfs : CascadeMaskRcnnR101FpnCrossEntropyRandom
{
    public override ImageSampler TrainSampler => Parts.Rfs;
}

/// <summary>Equalization Loss, 101 layers, repeat factor sampling.</summary>
[Detector]
public partial record CascadeMaskRcnnR101FpnEqlRfs : CascadeMaskRcnnR101FpnEqlRandom
{
    public override ImageSampler TrainSampler => Parts.Rfs;
}

/// <summary>Balanced Group Softmax, trained end to end, 101 layers, repeat factor sampling.</summary>
[Detector]
public partial record CascadeMaskRcnnR101FpnBagsRfs : CascadeMaskRcnnR101FpnBagsRandom
{
    public override ImageSampler TrainSampler => Parts.Rfs;
}

/// <summary>Seesaw Loss, normalised classifiers, 101 layers, repeat factor sampling.</summary>
[Detector]
public partial record CascadeMaskRcnnR101FpnSeesawRfs : CascadeMaskRcnnR101FpnSeesawRandom
{
    public override ImageSampler TrainSampler => Parts.Rfs;
}

/// <summary>Seesaw Loss, normalised classifiers and mask prediction, 101 layers, repeat factor sampling.</summary>
[Detector]
public partial record CascadeMaskRcnnR101FpnSeesawNormedMaskRfs : CascadeMaskRcnnR101FpnSeesawNormedMaskRandom
{
    public override ImageSampler TrainSampler => Parts.Rfs;
}
