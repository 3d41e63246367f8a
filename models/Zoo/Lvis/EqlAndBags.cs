using DetectorDsl;

namespace Zoo;

/// <summary>Equalization Loss, repeat factor sampling.</summary>
[Detector]
public partial record MaskRcnnR50FpnEqlRfs : MaskRcnnR50FpnCrossEntropyRfs
{
    public override BoxHead BoxHead =>
        base.BoxHead with
        {
            Classifier = new Linear { Prior = 0.001 },
            ClassificationLoss = new EqualizationLoss(),
        };
}

/// <summary>Equalization Loss, normalised classifier, repeat factor sampling.</summary>
[Detector]
public partial record MaskRcnnR50FpnEqlNormedLinearRfs : MaskRcnnR50FpnEqlRfs
{
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear { Prior = 0.001 } };
}

/// <summary>Equalization Loss, 101 layers, repeat factor sampling.</summary>
[Detector]
public partial record MaskRcnnR101FpnEqlRfs : MaskRcnnR50FpnEqlRfs
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>Equalization Loss, 101 layers.</summary>
[Detector]
public partial record MaskRcnnR101FpnEqlRandom : MaskRcnnR101FpnCrossEntropyRandom
{
    public override BoxHead BoxHead =>
        base.BoxHead with
        {
            Classifier = new Linear { Prior = 0.001 },
            ClassificationLoss = new EqualizationLoss(),
        };
}

/// <summary>Balanced Group Softmax, trained end to end, repeat factor sampling.</summary>
[Detector]
public partial record MaskRcnnR50FpnBagsRfs : MaskRcnnR50FpnCrossEntropyRfs
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new GroupSoftmaxLoss() };
}

/// <summary>Balanced Group Softmax, trained end to end, normalised classifier, repeat factor sampling.</summary>
[Detector]
public partial record MaskRcnnR50FpnBagsNormedLinearRfs : MaskRcnnR50FpnBagsRfs
{
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear() };
}

/// <summary>Balanced Group Softmax, trained end to end, 101 layers, repeat factor sampling.</summary>
[Detector]
public partial record MaskRcnnR101FpnBagsRfs : MaskRcnnR50FpnBagsRfs
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>Balanced Group Softmax, trained end to end, 101 layers.</summary>
[Detector]
public partial record MaskRcnnR101FpnBagsRandom : MaskRcnnR101FpnCrossEntropyRandom
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new GroupSoftmaxLoss() };
}
