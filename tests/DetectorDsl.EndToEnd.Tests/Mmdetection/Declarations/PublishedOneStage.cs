namespace DetectorDsl.EndToEnd.Tests.Mmdetection;

/// <summary>RetinaNet.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedRetinaNet : RetinaNet
{
    public override Backbone Backbone => Published.Backbone;

    public override Neck Neck => (Fpn)base.Neck with { Channels = 16 };

    public override DenseHead DenseHead =>
        (RetinaHead)base.DenseHead with
        {
            Layers = 2,
            Anchors = Published.Anchors with { Scales = [4] },
            CandidatesPerLevel = 100,
        };

    public override DetectionSelection Detections => Published.Detections;
}

/// <summary>FCOS.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedFcos : Fcos
{
    public override Backbone Backbone => Published.Backbone;

    public override Neck Neck => (Fpn)base.Neck with { Channels = 16 };

    public override DenseHead DenseHead => (FcosHead)base.DenseHead with { Layers = 2, NormGroups = 4, CandidatesPerLevel = 100 };

    public override DetectionSelection Detections => Published.Detections with { ScoreThreshold = 0.02 };
}

/// <summary>FCOS with the options of mmdetection's fcos_r50-caffe_fpn_gn-head-center-normbbox-centeronreg-giou.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedCentreSamplingFcos : PublishedFcos
{
    public override DenseHead DenseHead =>
        (FcosHead)base.DenseHead with
        {
            Assigner = new PointAssigner(CentreRadius: 1.5),
            BoxLoss = new GeneralizedIouLoss(),
            ConvolutionBias = true,
            CentrenessFromBoxes = true,
            DistancesInStrides = true,
        };
}

/// <summary>RetinaNet with Libra R-CNN's pyramid and box loss.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedLibraRetinaNet : LibraRetinaNet
{
    public override Backbone Backbone => Published.Backbone;

    public override Neck Neck =>
        (BalancedFeaturePyramid)base.Neck with
        {
            Inner = Published.Neck with { StartLevel = 1, ExtraLevels = ExtraLevels.FromBackbone },
        };

    public override DenseHead DenseHead =>
        (RetinaHead)base.DenseHead with
        {
            Layers = 2,
            Anchors = Published.Anchors with { Scales = [4] },
            CandidatesPerLevel = 100,
        };

    public override DetectionSelection Detections => Published.Detections;
}

/// <summary>RetinaNet with prime sample attention.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedPisaRetinaNet : PisaRetinaNet
{
    public override Backbone Backbone => Published.Backbone;

    public override Neck Neck => (Fpn)base.Neck with { Channels = 16 };

    public override DenseHead DenseHead =>
        (RetinaHead)base.DenseHead with
        {
            Layers = 2,
            Anchors = Published.Anchors with { Scales = [4] },
            CandidatesPerLevel = 100,
        };

    public override DetectionSelection Detections => Published.Detections;
}

/// <summary>RetinaNet with guided anchors.</summary>
[Detector, Categories(typeof(FiveClasses))]
public partial record PublishedGuidedRetinaNet : GuidedAnchoringRetinaNet
{
    public override Backbone Backbone => Published.Backbone;

    public override Neck Neck => (Fpn)base.Neck with { Channels = 16 };

    public override DenseHead DenseHead =>
        (GuidedAnchorRetinaHead)base.DenseHead with
        {
            Layers = 2,
            CandidatesPerLevel = 100,
            Anchoring = new GuidedAnchoring(Scale: 4, ShapeStd: 1)
            {
                ScalesPerOctave = 1,
                Ratios = [0.25, 1, 4],
                Assigner = new MaxIouAssigner(0.5, 0.4, 0.4),
                Sampler = Published.AllAnchors,
            },
        };

    public override DetectionSelection Detections => Published.Detections;
}
