namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>Parts small enough to train within a test.</summary>
public static class Tiny
{
    public static ResNet Backbone => new(Depth: 18) { BaseChannels = 8 };

    public static Neck Neck => new Fpn(Channels: 16, Levels: 4);

    public static Rpn ProposalHead =>
        new()
        {
            Anchors = new AnchorGrid { Scales = [6], Ratios = [1.0] },
            Sampler = new RandomBoxSampler(64, 0.5),
            Training = new ProposalSelection(64, 32),
            Inference = new ProposalSelection(64, 32),
        };

    public static RoiHead RoiHead => new StandardRoiHead { Sampler = new RandomBoxSampler(32, 0.25, AddGroundTruth: true) };

    public static RoiAlign BoxFeatures => new(OutputSize: 5) { SamplingRatio = 2, FinestScale = 32 };

    public static RoiAlign MaskFeatures => new(OutputSize: 7) { SamplingRatio = 2, FinestScale = 32 };

    public static FullyConnectedBoxHead BoxHead => new() { Layers = 1, Width = 32 };

    public static FcnMaskHead MaskHead => new() { Layers = 1, Channels = 8 };

    public static DetectionSelection Detections => new(ScoreThreshold: 0, MaxPerImage: 10);

    public static Preprocessing Preprocessing => new() { ShortSide = 96, LongSide = 96 };

    public static ValueList<Augmentation> Augmentations => [new Resize([96], 96), new HorizontalFlip()];

    public static Optimizer Optimizer => new Sgd(LearningRate: 0.02);

    public static Schedule Schedule => new Cosine { WarmupSteps = 5 };

    public static TrainingPlan Training =>
        new()
        {
            Epochs = 1,
            BatchSize = 2,
            ClipNorm = 10,
            LogEvery = 1,
        };
}
