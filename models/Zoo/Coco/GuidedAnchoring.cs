using DetectorDsl;

namespace Zoo;

/// <summary>Faster R-CNN whose proposals come from guided anchors.</summary>
[Detector]
public partial record GaFasterRcnnR50Fpn : CocoFasterRcnn
{
    public override ProposalHead ProposalHead => Parts.GuidedAnchorRpn;

    public override RoiHead RoiHead =>
        Parts.RoiHead with
        {
            Assigner = new MaxIouAssigner(0.6, 0.6, 0.6, MatchLowQuality: false),
            Sampler = Parts.FewerRegions,
        };

    public override BoxHead BoxHead => Parts.BoxHead with { BoxCoder = new DeltaBoxCoder(0.05, 0.1) };

    public override DetectionSelection Detections => Parts.CocoDetections with { ScoreThreshold = 0.001 };

    public override TrainingPlan Training => Parts.Training1x with { ClipNorm = 35 };
}

/// <summary>Faster R-CNN of 101 layers whose proposals come from guided anchors.</summary>
[Detector]
public partial record GaFasterRcnnR101Fpn : GaFasterRcnnR50Fpn
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>Faster R-CNN on a ResNeXt of 101 layers whose proposals come from guided anchors.</summary>
[Detector]
public partial record GaFasterRcnnX101Fpn : GaFasterRcnnR50Fpn
{
    public override Backbone Backbone => Parts.Resnext101;
}

/// <summary>RetinaNet with guided anchors.</summary>
[Detector]
public partial record GaRetinaNetR50Fpn : CocoOneStage
{
    public override DenseHead DenseHead => Parts.GuidedAnchorRetinaHead;

    public override TrainingPlan Training => Parts.Training1x with { ClipNorm = 35 };
}

/// <summary>RetinaNet of 101 layers with guided anchors.</summary>
[Detector]
public partial record GaRetinaNetR101Fpn : GaRetinaNetR50Fpn
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>RetinaNet on a ResNeXt of 101 layers with guided anchors.</summary>
[Detector]
public partial record GaRetinaNetX101Fpn : GaRetinaNetR50Fpn
{
    public override Backbone Backbone => Parts.Resnext101;
}
