using DetectorDsl;

namespace LongTail;

/// <summary>What all rows of the experiment share: a Mask R-CNN that one core trains in about a minute. A row says only how it classifies.</summary>
[Detector, Categories(typeof(TailShapes))]
public abstract partial record TailMaskRcnn : MaskRcnn
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
            Sampler = new RandomBoxSampler(64, 0.5),
            Training = new ProposalSelection(128, 64),
            Inference = new ProposalSelection(128, 64),
        };

    /// <inheritdoc />
    public override RoiHead RoiHead => new StandardRoiHead { Sampler = new RandomBoxSampler(32, 0.5, AddGroundTruth: true) };

    /// <inheritdoc />
    public override RoiExtractor BoxFeatures => new RoiAlign(7) { SamplingRatio = 2, FinestScale = 48 };

    /// <inheritdoc />
    public override RoiExtractor MaskFeatures => new RoiAlign(7) { SamplingRatio = 2, FinestScale = 48 };

    /// <inheritdoc />
    public override BoxHead BoxHead => new FullyConnectedBoxHead { Width = 128, ClassAgnostic = true };

    /// <inheritdoc />
    public override MaskHead MaskHead =>
        new FcnMaskHead
        {
            Layers = 1,
            Channels = 16,
            ClassAgnostic = true,
        };

    /// <inheritdoc />
    public override DetectionSelection Detections => new(ScoreThreshold: 1e-3, MaxPerImage: 300);

    /// <inheritdoc />
    public override Preprocessing Preprocessing => new() { ShortSide = 64, LongSide = 64 };

    /// <inheritdoc />
    public override ValueList<Augmentation> Augmentations => [new HorizontalFlip()];

    /// <inheritdoc />
    public override Optimizer Optimizer => new AdamW(LearningRate: 3e-3);

    /// <inheritdoc />
    public override Schedule Schedule => new Cosine(FinalFactor: 0.01) { Until = 0.6, WarmupSteps = 40 };

    /// <inheritdoc />
    public override TrainingPlan Training =>
        new()
        {
            Epochs = 3,
            BatchSize = 8,
            ClipNorm = 10,
            LoaderThreads = 1,
        };

    /// <inheritdoc />
    public override EvaluationPlan Evaluation => new(EvaluationRules.Lvis);
}
