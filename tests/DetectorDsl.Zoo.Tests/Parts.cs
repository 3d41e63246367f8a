using DetectorDsl;

namespace Zoo;

/// <summary>The parts of the twins: an eighth of the width, small images, few regions, no weights to start from. The names are those of the zoo's own parts.</summary>
internal static class Parts
{
    public static ResNet Resnet50 => new(Depth: 50) { BaseChannels = 8 };

    public static ResNet Resnet101 => new(Depth: 101) { BaseChannels = 8 };

    public static ResNet Resnext101 => new ResNeXt(Groups: 4, WidthPerGroup: 8) { BaseChannels = 8 };

    public static ResNet Resnext101Of64Groups => new ResNeXt(Groups: 8, WidthPerGroup: 8) { BaseChannels = 8 };

    public static Fpn Fpn => new(Channels: 32);

    public static Fpn DenseFpn => new(Channels: 32) { StartLevel = 1, ExtraLevels = ExtraLevels.FromBackbone };

    public static Rpn Rpn =>
        new()
        {
            Sampler = new RandomBoxSampler(64, 0.5),
            Training = new ProposalSelection(64, 32),
            Inference = new ProposalSelection(64, 32),
        };

    public static CarafeFpn CarafeFpn => new(Channels: 32) { Upsampling = Carafe };

    public static Carafe Carafe => new() { CompressedChannels = 8 };

    public static Rpn CascadeRpn => Rpn with { AllowedBorder = 0, BoxLoss = new SmoothL1Loss(Beta: 1.0 / 9) };

    public static Rpn PisaRpn => Rpn;

    public static GuidedAnchorRpn GuidedAnchorRpn =>
        new()
        {
            Sampler = new RandomBoxSampler(64, 0.5),
            Training = new ProposalSelection(64, 32),
            Inference = new ProposalSelection(64, 32),
        };

    public static BoxSampler FewerNegativeAnchors => new RandomBoxSampler(64, 0.5, NegativesPerPositive: 5);

    public static BoxSampler FewerRegions => new RandomBoxSampler(32, 0.25, AddGroundTruth: true);

    public static BoxSampler BalancedRegions => new BalancedBoxSampler(32, 0.25, AddGroundTruth: true, OverlappingFirst: true);

    public static Cascade Cascade => new() { Sampler = FewerRegions };

    public static HybridTaskCascade HybridTaskCascade => new() { Sampler = FewerRegions };

    public static PrimeSampleRoiHead PrimeSampleRoiHead => new() { Sampler = new ScoreRankedBoxSampler(32, 0.25) };

    public static StandardRoiHead RoiHead => new() { Sampler = new RandomBoxSampler(32, 0.25, AddGroundTruth: true) };

    public static FullyConnectedBoxHead BoxHead => new() { Width = 128 };

    public static SideAwareBoxHead SideAwareBoxHead => new() { Width = 128 };

    public static FcnMaskHead MaskHead => new() { Channels = 32 };

    public static RetinaHead RetinaHead => new();

    public static GuidedAnchorRetinaHead GuidedAnchorRetinaHead => new();

    // A group of its own channel for each would leave a map of one cell nothing but zeros.
    public static FcosHead FcosHead => new() { NormGroups = 4 };

    public static DetectionSelection CocoDetections => new(ScoreThreshold: 0, MaxPerImage: 5);

    public static DetectionSelection LvisDetections => new(ScoreThreshold: 0, MaxPerImage: 5);

    public static Preprocessing Preprocessing => new() { ShortSide = 64, LongSide = 64 };

    public static ValueList<Augmentation> OneScale => [new Resize([64], 64)];

    public static ValueList<Augmentation> SeveralScales => [new Resize([64], 64)];

    public static ValueList<Augmentation> CopyPaste => [new LargeScaleJitter(64, 64) { MinScale = 0.9, MaxScale = 1.1 }, new CopyPaste()];

    public static ImageSampler Rfs => new RepeatFactor { ThresholdImages = 1 };

    public static Optimizer Optimizer => new AdamW(LearningRate: 1e-3);

    public static Optimizer DenseOptimizer => new AdamW(LearningRate: 5e-4);

    public static Optimizer FcosOptimizer =>
        new AdamW(LearningRate: 5e-4) { Biases = new ParameterFactors(LearningRate: 2, WeightDecay: 0) };

    public static Schedule Schedule1x => new Cosine(FinalFactor: 1) { WarmupSteps = 0 };

    public static Schedule FcosSchedule1x =>
        new Cosine(FinalFactor: 1)
        {
            Warmup = WarmupForm.Constant,
            WarmupStart = 1.0 / 3,
            WarmupSteps = 2,
        };

    public static Schedule Schedule20e => Schedule1x;

    public static Schedule Schedule2x => Schedule1x;

    public static TrainingPlan Training1x =>
        new()
        {
            Epochs = 1,
            BatchSize = 2,
            ClipNorm = 10,
            LogEvery = 1,
            LoaderThreads = 1,
        };

    public static TrainingPlan Training20e => Training1x;

    public static TrainingPlan Training2x => Training1x;
}
