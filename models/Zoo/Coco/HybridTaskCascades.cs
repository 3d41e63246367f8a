using DetectorDsl;

namespace Zoo;

/// <summary>Hybrid Task Cascade without its semantic branch.</summary>
[Detector]
public partial record HtcWithoutSemanticR50Fpn : CocoCascadeMaskRcnn
{
    public override RoiHead RoiHead => Parts.HybridTaskCascade;

    public override DetectionSelection Detections => Parts.CocoDetections with { ScoreThreshold = 0.001 };
}

/// <summary>Hybrid Task Cascade.</summary>
[Detector]
public partial record HtcR50Fpn : HtcWithoutSemanticR50Fpn
{
    public override RoiHead RoiHead => Parts.HybridTaskCascade with { Semantic = new SemanticBranch() };
}

/// <summary>Hybrid Task Cascade, 20 epochs.</summary>
[Detector]
public partial record HtcR50Fpn20e : HtcR50Fpn
{
    public override Schedule Schedule => Parts.Schedule20e;

    public override TrainingPlan Training => Parts.Training20e;
}

/// <summary>Hybrid Task Cascade of 101 layers, 20 epochs.</summary>
[Detector]
public partial record HtcR101Fpn20e : HtcR50Fpn20e
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>Hybrid Task Cascade on a ResNeXt of 101 layers, 20 epochs.</summary>
[Detector]
public partial record HtcX101Fpn20e : HtcR50Fpn20e
{
    public override Backbone Backbone => Parts.Resnext101;
}
