using DetectorDsl.EndToEnd.Components;

namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>The three classes of the data that the kept checkpoint was trained on.</summary>
[CategorySet("kept_categories.json")]
public static partial class KeptShapes;

/// <summary>
/// The detector whose checkpoint lies in <c>Fixtures/Kept</c>, written before checkpoints bore a format number. It must stay as it is;
/// what it states beyond the library's defaults of then, it states so that another default does not make another run of it.
/// </summary>
[Detector, Categories(typeof(KeptShapes))]
public partial record KeptMaskRcnn : MaskRcnn
{
    public override Backbone Backbone => new StridedBackbone([4, 6, 8]);

    public override Neck Neck => new LateralNeck(Channels: 4);

    public override ProposalHead ProposalHead =>
        new Rpn
        {
            Anchors = new AnchorGrid { Scales = [6], Ratios = [1.0] },
            Assigner = new MaxIouAssigner(0.7, 0.3, 0.3, MatchLowQuality: true),
            Sampler = new RandomBoxSampler(64, 0.5),
            Training = new ProposalSelection(64, 32),
            Inference = new ProposalSelection(64, 32),
        };

    public override RoiHead RoiHead =>
        new StandardRoiHead
        {
            Assigner = new MaxIouAssigner(0.5, 0.5, 0.5, MatchLowQuality: true),
            Sampler = new RandomBoxSampler(32, 0.25, AddGroundTruth: true),
        };

    public override RoiExtractor BoxFeatures => new RoiAlign(OutputSize: 3) { SamplingRatio = 2, FinestScale = 32 };

    public override RoiExtractor MaskFeatures => new RoiAlign(OutputSize: 5) { SamplingRatio = 2, FinestScale = 32 };

    public override BoxHead BoxHead =>
        new FullyConnectedBoxHead
        {
            Layers = 1,
            Width = 8,
            Classifier = new NormalizedLinear(Temperature: 20),
            ClassificationLoss = new SeesawLoss(P: 0.8, Q: 2.0),
        };

    public override MaskHead MaskHead => new FcnMaskHead { Layers = 1, Channels = 4 };

    public override DetectionSelection Detections => new(ScoreThreshold: 0, MaxPerImage: 10);

    public override Preprocessing Preprocessing => new() { ShortSide = 64, LongSide = 96 };

    public override ValueList<Augmentation> Augmentations => [new Resize([64], 96), new HorizontalFlip()];

    public override ImageSampler TrainSampler => new RandomImages();

    public override Optimizer Optimizer => new AdamW(LearningRate: 3e-3);

    public override Schedule Schedule => new Cosine { WarmupSteps = 4 };

    public override TrainingPlan Training =>
        new()
        {
            Epochs = 4,
            BatchSize = 2,
            ClipNorm = 10,
            LogEvery = 2,
            GroupByAspectRatio = false,
            GradientStatistics = true,
        };

    public override EvaluationPlan Evaluation => new(EvaluationRules.Lvis);
}
