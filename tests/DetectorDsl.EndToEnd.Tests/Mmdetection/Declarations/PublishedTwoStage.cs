namespace DetectorDsl.EndToEnd.Tests.Mmdetection;

/// <summary>Faster R-CNN.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedFasterRcnn : FasterRcnn
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

    public override BoxHead BoxHead => (FullyConnectedBoxHead)base.BoxHead with { Width = 32 };

    public override DetectionSelection Detections => Published.Detections;
}

/// <summary>Mask R-CNN.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedMaskRcnn : MaskRcnn
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

    public override BoxHead BoxHead => (FullyConnectedBoxHead)base.BoxHead with { Width = 32 };

    public override RoiExtractor MaskFeatures => Published.MaskFeatures;

    public override MaskHead MaskHead => Published.MaskHead;

    public override DetectionSelection Detections => Published.Detections;
}

/// <summary>Mask R-CNN with Seesaw Loss, normalised classifier and mask predictor.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedSeesawMaskRcnn : PublishedMaskRcnn
{
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(), ClassificationLoss = new SeesawLoss() };

    public override MaskHead MaskHead => base.MaskHead with { Predictor = new NormalizedConvolution() };

    public override DetectionSelection Detections => base.Detections with { ScoreThreshold = 1e-4 };
}

/// <summary>Faster R-CNN on bottlenecks in groups, deformable in the later stages.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedDeformableFasterRcnn : PublishedFasterRcnn
{
    public override Backbone Backbone =>
        new ResNet(Depth: 50, Groups: 4, WidthPerGroup: 32)
        {
            BaseChannels = 8,
            Norm = Published.Backbone.Norm,
            InitialWeights = "resnext50.pth",
            Deformable = new DeformableConvolution(Groups: 2),
        };
}
