using DetectorDsl;

namespace Zoo;

/// <summary>Seesaw Loss, normalised classifier.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawRandom : LvisMaskRcnn
{
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(), ClassificationLoss = new SeesawLoss() };
}

/// <summary>Seesaw Loss, normalised classifier and mask prediction.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawNormedMaskRandom : MaskRcnnR50FpnSeesawRandom
{
    public override MaskHead MaskHead => base.MaskHead with { Predictor = new NormalizedConvolution() };
}

/// <summary>Seesaw Loss, normalised classifier, 101 layers.</summary>
[Detector]
public partial record MaskRcnnR101FpnSeesawRandom : MaskRcnnR50FpnSeesawRandom
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>Seesaw Loss, normalised classifier and mask prediction, 101 layers.</summary>
[Detector]
public partial record MaskRcnnR101FpnSeesawNormedMaskRandom : MaskRcnnR50FpnSeesawNormedMaskRandom
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>Seesaw Loss, normalised classifier, repeat factor sampling.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawRfs : MaskRcnnR50FpnSeesawRandom
{
    public override ImageSampler TrainSampler => Parts.Rfs;
}

/// <summary>Seesaw Loss, normalised classifier and mask prediction, repeat factor sampling.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawNormedMaskRfs : MaskRcnnR50FpnSeesawRfs
{
    public override MaskHead MaskHead => base.MaskHead with { Predictor = new NormalizedConvolution() };
}

/// <summary>Seesaw Loss, normalised classifier, 101 layers, repeat factor sampling.</summary>
[Detector]
public partial record MaskRcnnR101FpnSeesawRfs : MaskRcnnR50FpnSeesawRfs
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>Seesaw Loss, normalised classifier and mask prediction, 101 layers, repeat factor sampling.</summary>
[Detector]
public partial record MaskRcnnR101FpnSeesawNormedMaskRfs : MaskRcnnR50FpnSeesawNormedMaskRfs
{
    public override Backbone Backbone => Parts.Resnet101;
}
