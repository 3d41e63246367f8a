namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>Prime sample attention; cross-entropy, one box for each class.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record PrimeSampleFasterRcnn : TinyFasterRcnn
{
    public override RoiHead RoiHead => new PrimeSampleRoiHead { Sampler = new ScoreRankedBoxSampler(32, 0.25) };

    public override BoxHead BoxHead => Tiny.BoxHead with { BoxLoss = new SmoothL1Loss() };
}

/// <summary>Prime sample attention on anchors; focal loss.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record PrimeSampleRetinaNet : TinyOneStage
{
    public override DenseHead DenseHead =>
        new RetinaHead
        {
            Layers = 1,
            Anchors = new AnchorGrid { Scales = [3], Ratios = [1.0] },
            BoxLoss = new SmoothL1Loss(Beta: 0.11),
            Reweighting = new PositiveReweighting(),
            Regression = new ClassAwareRegression(),
        };
}

/// <summary>Prime sample attention with Seesaw Loss and normalised predictors, which no other software combines.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record PrimeSampleSeesawMaskRcnn : TinyMaskRcnn
{
    public override RoiHead RoiHead => new PrimeSampleRoiHead { Sampler = new ScoreRankedBoxSampler(32, 0.25, ScoreThreshold: 0.005) };

    public override BoxHead BoxHead =>
        Tiny.BoxHead with
        {
            Classifier = new NormalizedLinear(),
            ClassificationLoss = new SeesawLoss(),
            BoxLoss = new SmoothL1Loss(),
            ClassAgnostic = true,
        };
}
