namespace DetectorDsl.EndToEnd.Tests.Mmdetection;

/// <summary>Cascade R-CNN.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedCascadeRcnn : CascadeRcnn
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

    public override BoxHead BoxHead => (FullyConnectedBoxHead)base.BoxHead with { Width = 32 };

    public override DetectionSelection Detections => Published.Detections;
}

/// <summary>Cascade Mask R-CNN.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedCascadeMaskRcnn : CascadeMaskRcnn
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

    public override BoxHead BoxHead => (FullyConnectedBoxHead)base.BoxHead with { Width = 32 };

    public override RoiExtractor MaskFeatures => Published.MaskFeatures;

    public override MaskHead MaskHead => Published.MaskHead;

    public override DetectionSelection Detections => Published.Detections;
}

/// <summary>Hybrid Task Cascade without its semantic branch.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedHtc : Htc
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

    public override RoiHead RoiHead => (HybridTaskCascade)base.RoiHead with { Sampler = Published.AllProposals };

    public override RoiExtractor BoxFeatures => Published.BoxFeatures;

    public override BoxHead BoxHead => (FullyConnectedBoxHead)base.BoxHead with { Width = 32 };

    public override RoiExtractor MaskFeatures => Published.MaskFeatures;

    public override MaskHead MaskHead => Published.MaskHead;

    public override DetectionSelection Detections => base.Detections with { MaxPerImage = 20 };
}

/// <summary>Hybrid Task Cascade with its semantic branch.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedSemanticHtc : PublishedHtc
{
    public override RoiHead RoiHead => (HybridTaskCascade)base.RoiHead with { Semantic = new SemanticBranch { Layers = 2 } };
}
