using DetectorDsl;

namespace Zoo;

/// <summary>Cross-entropy.</summary>
[Detector]
public partial record MaskRcnnR50FpnCrossEntropyRandom : LvisMaskRcnn;

/// <summary>Cross-entropy, repeat factor sampling.</summary>
[Detector]
public partial record MaskRcnnR50FpnCrossEntropyRfs : MaskRcnnR50FpnCrossEntropyRandom
{
    public override ImageSampler TrainSampler => Parts.Rfs;
}

/// <summary>Cross-entropy, 101 layers.</summary>
[Detector]
public partial record MaskRcnnR101FpnCrossEntropyRandom : MaskRcnnR50FpnCrossEntropyRandom
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>Cross-entropy, 101 layers, repeat factor sampling.</summary>
[Detector]
public partial record MaskRcnnR101FpnCrossEntropyRfs : MaskRcnnR50FpnCrossEntropyRfs
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>Cross-entropy, repeat factor sampling, 12 epochs.</summary>
[Detector]
public partial record MaskRcnnR50FpnCrossEntropyRfs1x : MaskRcnnR50FpnCrossEntropyRfs
{
    public override Schedule Schedule => Parts.Schedule1x;

    public override TrainingPlan Training => Parts.Training1x;
}

/// <summary>Cross-entropy, 101 layers, repeat factor sampling, 12 epochs.</summary>
[Detector]
public partial record MaskRcnnR101FpnCrossEntropyRfs1x : MaskRcnnR50FpnCrossEntropyRfs1x
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>Cross-entropy, ResNeXt of 101 layers, repeat factor sampling, 12 epochs.</summary>
[Detector]
public partial record MaskRcnnX101FpnCrossEntropyRfs1x : MaskRcnnR50FpnCrossEntropyRfs1x
{
    public override Backbone Backbone => Parts.Resnext101;
}

/// <summary>Cross-entropy, ResNeXt of 101 layers and 64 groups, repeat factor sampling, 12 epochs.</summary>
[Detector]
public partial record MaskRcnnX101x64FpnCrossEntropyRfs1x : MaskRcnnR50FpnCrossEntropyRfs1x
{
    public override Backbone Backbone => Parts.Resnext101Of64Groups;
}
