using DetectorDsl;

namespace Zoo;

/// <summary>
/// What the detectors are made of, in the sizes in which they were published. The tests compile the same declarations with parts of an eighth of the
/// width under the same names, so whatever has a size comes from here.
/// </summary>
internal static class Parts
{
    /// <summary>ResNet-50 with ImageNet weights: stem and first stage frozen, statistics of batch norms kept.</summary>
    public static ResNet Resnet50 =>
        new(Depth: 50)
        {
            FrozenStages = 1,
            Norm = new BatchNorm(BatchNormMode.Evaluate),
            InitialWeights = "resnet50.safetensors",
        };

    /// <summary>The same of 101 layers.</summary>
    public static ResNet Resnet101 =>
        new(Depth: 101)
        {
            FrozenStages = 1,
            Norm = new BatchNorm(BatchNormMode.Evaluate),
            InitialWeights = "resnet101.safetensors",
        };

    /// <summary>ResNeXt-101 of 32 groups of 4 channels.</summary>
    public static ResNet Resnext101 =>
        new ResNeXt()
        {
            FrozenStages = 1,
            Norm = new BatchNorm(BatchNormMode.Evaluate),
            InitialWeights = "resnext101_32x4d.safetensors",
        };

    /// <summary>The same of 64 groups.</summary>
    public static ResNet Resnext101Of64Groups =>
        new ResNeXt(Groups: 64)
        {
            FrozenStages = 1,
            Norm = new BatchNorm(BatchNormMode.Evaluate),
            InitialWeights = "resnext101_64x4d.safetensors",
        };

    /// <summary>P2 to P6.</summary>
    public static Fpn Fpn => new();

    /// <summary>P3 to P7 of dense heads.</summary>
    public static Fpn DenseFpn => new() { StartLevel = 1, ExtraLevels = ExtraLevels.FromBackbone };

    /// <summary>P2 to P6, enlarged by CARAFE.</summary>
    public static CarafeFpn CarafeFpn => new();

    /// <summary>Reassembly in a mask head.</summary>
    public static Carafe Carafe => new();

    /// <summary>The first stage.</summary>
    public static Rpn Rpn => new();

    /// <summary>The first stage of a cascade: anchors within the image, smooth L1, 2,000 proposals in training.</summary>
    public static Rpn CascadeRpn =>
        new()
        {
            AllowedBorder = 0,
            BoxLoss = new SmoothL1Loss(Beta: 1.0 / 9),
            Training = new ProposalSelection(2000, 2000),
        };

    /// <summary>PISA's first stage: 2,000 proposals.</summary>
    public static Rpn PisaRpn => new() { Training = new ProposalSelection(2000, 2000), Inference = new ProposalSelection(2000, 2000) };

    /// <summary>A first stage with guided anchors.</summary>
    public static GuidedAnchorRpn GuidedAnchorRpn => new();

    /// <summary>Libra R-CNN's anchors: at most five negatives for a positive.</summary>
    public static BoxSampler FewerNegativeAnchors => new RandomBoxSampler(256, 0.5, NegativesPerPositive: 5);

    /// <summary>The second stage.</summary>
    public static StandardRoiHead RoiHead => new();

    /// <summary>A second stage of three passes.</summary>
    public static Cascade Cascade => new();

    /// <summary>Three passes whose tasks work hand in hand.</summary>
    public static HybridTaskCascade HybridTaskCascade => new();

    /// <summary>A second stage in which regions that matter weigh more.</summary>
    public static PrimeSampleRoiHead PrimeSampleRoiHead => new();

    /// <summary>Half as many regions as usual: guided anchors are better ones.</summary>
    public static BoxSampler FewerRegions => new RandomBoxSampler(256, 0.25, AddGroundTruth: true);

    /// <summary>Libra R-CNN's regions, spread over objects and overlaps.</summary>
    public static BoxSampler BalancedRegions => new BalancedBoxSampler(512, 0.25, AddGroundTruth: true, OverlappingFirst: true);

    /// <summary>Two shared layers of 1,024.</summary>
    public static FullyConnectedBoxHead BoxHead => new();

    /// <summary>SABL's head, 14 buckets.</summary>
    public static SideAwareBoxHead SideAwareBoxHead => new();

    /// <summary>Four convolutions and a transposed one.</summary>
    public static FcnMaskHead MaskHead => new();

    /// <summary>RetinaNet's head.</summary>
    public static RetinaHead RetinaHead => new();

    /// <summary>The same with guided anchors.</summary>
    public static GuidedAnchorRetinaHead GuidedAnchorRetinaHead => new();

    /// <summary>FCOS's head.</summary>
    public static FcosHead FcosHead => new();

    /// <summary>COCO's rules of inference.</summary>
    public static DetectionSelection CocoDetections => new();

    /// <summary>LVIS's, as released: a low threshold, 300 detections.</summary>
    public static DetectionSelection LvisDetections => new(ScoreThreshold: 1e-4, MaxPerImage: 300);

    /// <summary>1,333 x 800 pixels.</summary>
    public static Preprocessing Preprocessing => new();

    /// <summary>1,333 x 800 pixels, mirrored or not.</summary>
    public static ValueList<Augmentation> OneScale => [new Resize([800], 1333), new HorizontalFlip()];

    /// <summary>Short sides of 640 to 800 pixels, mirrored or not.</summary>
    public static ValueList<Augmentation> SeveralScales => [new Resize([640, 672, 704, 736, 768, 800], 1333), new HorizontalFlip()];

    /// <summary>Objects of one image pasted over another, both at any scale.</summary>
    public static ValueList<Augmentation> CopyPaste => [new LargeScaleJitter(1024, 1024), new HorizontalFlip(), new CopyPaste()];

    /// <summary>Repeat factor sampling, as LVIS was published with: classes on fewer than one image in a thousand are repeated.</summary>
    public static ImageSampler Rfs => new RepeatFactor(Threshold: 1e-3);

    /// <summary>SGD for 16 images a step, at the rate of two-stage detectors.</summary>
    public static Sgd Optimizer => new();

    /// <summary>The same at the rate of one-stage detectors.</summary>
    public static Sgd DenseOptimizer => new(LearningRate: 0.01);

    /// <summary>FCOS's: biases have twice the rate and no decay.</summary>
    public static Sgd FcosOptimizer => new(LearningRate: 0.01) { Biases = new ParameterFactors(LearningRate: 2, WeightDecay: 0) };

    /// <summary>Rates of the 1x schedule.</summary>
    public static Schedule Schedule1x => new MultiStep([8, 11]);

    /// <summary>The same after 500 steps at a third of the rate.</summary>
    public static Schedule FcosSchedule1x => new MultiStep([8, 11]) { Warmup = WarmupForm.Constant, WarmupStart = 1.0 / 3 };

    /// <summary>Rates of the 20e schedule.</summary>
    public static Schedule Schedule20e => new MultiStep([16, 19]);

    /// <summary>Rates of the 2x schedule.</summary>
    public static Schedule Schedule2x => new MultiStep([16, 22]);

    /// <summary>12 epochs of 16 images a step, taken two at a time.</summary>
    public static TrainingPlan Training1x =>
        new()
        {
            Epochs = 12,
            BatchSize = 2,
            AccumulationSteps = 8,
        };

    /// <summary>20 epochs.</summary>
    public static TrainingPlan Training20e =>
        new()
        {
            Epochs = 20,
            BatchSize = 2,
            AccumulationSteps = 8,
        };

    /// <summary>24 epochs.</summary>
    public static TrainingPlan Training2x =>
        new()
        {
            Epochs = 24,
            BatchSize = 2,
            AccumulationSteps = 8,
        };
}
