namespace DetectorDsl.EndToEnd.Tests.Mmdetection;

/// <summary>Libra R-CNN.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedLibraFasterRcnn : LibraFasterRcnn
{
    public override Backbone Backbone => Published.Backbone;

    public override Neck Neck => (BalancedFeaturePyramid)base.Neck with { Inner = Published.Neck };

    public override ProposalHead ProposalHead =>
        (Rpn)base.ProposalHead with
        {
            Anchors = Published.Anchors,
            Sampler = Published.AllAnchors,
            Training = Published.Training,
            Inference = Published.Inference,
        };

    public override RoiHead RoiHead =>
        (StandardRoiHead)base.RoiHead with
        {
            Sampler = new BalancedBoxSampler(100000, 0.5, AddGroundTruth: true),
        };

    public override RoiExtractor BoxFeatures => Published.BoxFeatures;

    public override BoxHead BoxHead => (FullyConnectedBoxHead)base.BoxHead with { Width = 32 };

    public override DetectionSelection Detections => Published.Detections;
}

/// <summary>Mask R-CNN with CARAFE in pyramid and mask head.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedCarafeMaskRcnn : CarafeMaskRcnn
{
    public override Backbone Backbone => Published.Backbone;

    public override Neck Neck => new CarafeFpn(Channels: 16, Levels: 4) { Upsampling = new Carafe { CompressedChannels = 8 } };

    public override ProposalHead ProposalHead =>
        (Rpn)base.ProposalHead with
        {
            Anchors = Published.Anchors,
            Sampler = Published.AllAnchors,
            Training = Published.Training,
            Inference = Published.Inference,
        };

    public override RoiHead RoiHead => (StandardRoiHead)base.RoiHead with { Sampler = Published.AllProposals };

    public override RoiExtractor BoxFeatures => Published.BoxFeatures;

    public override BoxHead BoxHead => (FullyConnectedBoxHead)base.BoxHead with { Width = 32 };

    public override RoiExtractor MaskFeatures => Published.MaskFeatures;

    public override MaskHead MaskHead => Published.MaskHead with { Upsampling = new Carafe { CompressedChannels = 8 } };

    public override DetectionSelection Detections => Published.Detections;
}

/// <summary>Faster R-CNN with prime sample attention.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedPisaFasterRcnn : PisaFasterRcnn
{
    public override Backbone Backbone => Published.Backbone;

    public override Neck Neck => Published.Neck;

    public override ProposalHead ProposalHead =>
        (Rpn)base.ProposalHead with
        {
            Anchors = Published.Anchors,
            Sampler = Published.AllAnchors,
            Training = Published.Training,
            Inference = Published.Inference,
        };

    public override RoiHead RoiHead => (PrimeSampleRoiHead)base.RoiHead with { Sampler = new ScoreRankedBoxSampler(100000, 0.5) };

    public override RoiExtractor BoxFeatures => Published.BoxFeatures;

    public override BoxHead BoxHead => (FullyConnectedBoxHead)base.BoxHead with { Width = 32 };

    public override DetectionSelection Detections => Published.Detections;
}

/// <summary>Faster R-CNN with side-aware boxes.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedSablFasterRcnn : SablFasterRcnn
{
    public override Backbone Backbone => Published.Backbone;

    public override Neck Neck => Published.Neck;

    public override ProposalHead ProposalHead =>
        (Rpn)base.ProposalHead with
        {
            Anchors = Published.Anchors,
            Sampler = Published.AllAnchors,
            Training = Published.Training,
            Inference = Published.Inference,
        };

    public override RoiHead RoiHead => (StandardRoiHead)base.RoiHead with { Sampler = Published.AllProposals };

    public override RoiExtractor BoxFeatures => Published.BoxFeatures;

    public override BoxHead BoxHead => (SideAwareBoxHead)base.BoxHead with { Width = 32 };

    public override DetectionSelection Detections => Published.Detections;
}

/// <summary>Cascade R-CNN with side-aware boxes.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedSablCascadeRcnn : SablCascadeRcnn
{
    public override Backbone Backbone => Published.Backbone;

    public override Neck Neck => Published.Neck;

    public override ProposalHead ProposalHead =>
        (Rpn)base.ProposalHead with
        {
            Anchors = Published.Anchors,
            Sampler = Published.AllAnchors,
            Training = Published.Training,
            Inference = Published.Inference,
        };

    public override RoiHead RoiHead => (Cascade)base.RoiHead with { Sampler = Published.AllProposals };

    public override RoiExtractor BoxFeatures => Published.BoxFeatures;

    public override BoxHead BoxHead => (SideAwareBoxHead)base.BoxHead with { Width = 32 };

    public override DetectionSelection Detections => Published.Detections;
}

/// <summary>Faster R-CNN with guided anchors.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedGuidedFasterRcnn : GuidedAnchoringFasterRcnn
{
    public override Backbone Backbone => Published.Backbone;

    public override Neck Neck => Published.Neck;

    public override ProposalHead ProposalHead =>
        (GuidedAnchorRpn)base.ProposalHead with
        {
            Anchoring = new GuidedAnchoring(Scale: 6)
            {
                ScalesPerOctave = 1,
                Ratios = [0.25, 1, 4],
                Sampler = Published.AllAnchors,
            },
            Sampler = Published.AllAnchors,
            Training = Published.Training,
            Inference = Published.Inference,
        };

    public override RoiHead RoiHead => (StandardRoiHead)base.RoiHead with { Sampler = Published.AllProposals };

    public override RoiExtractor BoxFeatures => Published.BoxFeatures;

    public override BoxHead BoxHead => (FullyConnectedBoxHead)base.BoxHead with { Width = 32 };

    public override DetectionSelection Detections => Published.Detections;
}
