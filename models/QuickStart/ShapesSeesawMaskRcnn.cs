using DetectorDsl;

namespace QuickStart;

/// <summary>A small Mask R-CNN with Seesaw Loss and normalised predictors that learns the rendered long-tailed data set in two minutes on two cores.</summary>
[Detector, Categories(typeof(Shapes))]
public partial record ShapesSeesawMaskRcnn : MaskRcnn
{
    /// <inheritdoc />
    public override Backbone Backbone => new ResNet(Depth: 18) { BaseChannels = 16 };

    /// <inheritdoc />
    public override Neck Neck => new Fpn(Channels: 32, Levels: 4);

    /// <inheritdoc />
    public override ProposalHead ProposalHead =>
        new Rpn
        {
            Anchors = new AnchorGrid { Scales = [6], Ratios = [1.0] },
            Sampler = new RandomBoxSampler(128, 0.5),
            Training = new ProposalSelection(256, 128),
            Inference = new ProposalSelection(256, 128),
        };

    /// <inheritdoc />
    public override RoiHead RoiHead => new StandardRoiHead { Sampler = new RandomBoxSampler(32, 0.5, AddGroundTruth: true) };

    /// <inheritdoc />
    public override RoiExtractor BoxFeatures => new RoiAlign(7) { SamplingRatio = 2, FinestScale = 48 };

    /// <inheritdoc />
    public override RoiExtractor MaskFeatures => new RoiAlign(7) { SamplingRatio = 2, FinestScale = 48 };

    /// <inheritdoc />
    public override BoxHead BoxHead =>
        new FullyConnectedBoxHead
        {
            Width = 128,
            Classifier = new NormalizedLinear(Temperature: 20),
            ClassificationLoss = new SeesawLoss(P: 0.8, Q: 2.0),
            ClassAgnostic = true,
        };

    /// <inheritdoc />
    public override MaskHead MaskHead =>
        new FcnMaskHead
        {
            Layers = 1,
            Channels = 16,
            Predictor = new NormalizedConvolution(Temperature: 20),
            ClassAgnostic = true,
        };

    /// <inheritdoc />
    public override DetectionSelection Detections => new(ScoreThreshold: 1e-3, MaxPerImage: 100);

    /// <inheritdoc />
    public override Preprocessing Preprocessing => new() { ShortSide = 160, LongSide = 160 };

    /// <inheritdoc />
    public override DataSource? Data => new RenderedData();

    /// <inheritdoc />
    public override ValueList<Augmentation> Augmentations => [new HorizontalFlip()];

    /// <inheritdoc />
    public override ImageSampler TrainSampler => new RepeatFactor { ThresholdImages = 20 };

    /// <inheritdoc />
    public override Optimizer Optimizer => new AdamW(LearningRate: 3e-3);

    /// <inheritdoc />
    public override Schedule Schedule => new Cosine { WarmupSteps = 100 };

    /// <inheritdoc />
    public override TrainingPlan Training =>
        new()
        {
            Epochs = 7,
            BatchSize = 4,
            ClipNorm = 10,
        };

    /// <inheritdoc />
    public override EvaluationPlan Evaluation => new(EvaluationRules.Lvis);
}
