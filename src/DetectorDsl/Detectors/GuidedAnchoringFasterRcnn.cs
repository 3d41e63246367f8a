namespace DetectorDsl;

/// <summary>Faster R-CNN whose proposals come from guided anchors (Wang et al. 2019): fewer and better ones, so that the second stage asks for more.</summary>
/// <remarks>Defaults are mmdetection's, configs/guided_anchoring/ga_faster_r50_fpn_1x_coco.py.</remarks>
[Detector]
public abstract partial record GuidedAnchoringFasterRcnn : FasterRcnn
{
    /// <summary>What proposes regions. Default: a region proposal network with guided anchors, 300 regions.</summary>
    public override ProposalHead ProposalHead => new GuidedAnchorRpn();

    /// <summary>How regions are assigned and sampled. Default: one pass, positive from IoU 0.6, 256 regions per image.</summary>
    public override RoiHead RoiHead =>
        new StandardRoiHead
        {
            Assigner = new MaxIouAssigner(0.6, 0.6, 0.6, MatchLowQuality: false),
            Sampler = new RandomBoxSampler(256, 0.25, AddGroundTruth: true),
        };

    /// <summary>The branch that classifies regions and refines boxes. Default: two shared layers of 1,024, stds of 0.05 and 0.1.</summary>
    public override BoxHead BoxHead => new FullyConnectedBoxHead { BoxCoder = new DeltaBoxCoder(0.05, 0.1) };

    /// <summary>Which scored boxes become detections. Default: COCO's rules with scores from 0.001.</summary>
    public override DetectionSelection Detections => new(ScoreThreshold: 1e-3);

    /// <summary>How long training lasts. Default: 12 epochs of 2 images a step, gradients no longer than 35.</summary>
    public override TrainingPlan Training => new() { ClipNorm = 35 };
}
