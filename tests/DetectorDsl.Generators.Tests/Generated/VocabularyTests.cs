using System.Reflection;
using DetectorDsl.Generators.Tests.Planning;
using Xunit;

namespace DetectorDsl.Generators.Tests.Generated;

/// <summary>What is generated for each part of the vocabulary compiles.</summary>
public class VocabularyTests
{
    private const string Backbone = "public override Backbone Backbone => new ResNet(18) { BaseChannels = 8 };";

    private static readonly string[] Variants =
    [
        "ResNet(152) { Norm = new GroupNorm(Groups: 16) }",
        "ResNet(50, Groups: 2, WidthPerGroup: 96) { Deformable = new DeformableConvolution(Groups: 4, Modulated: false) { FirstStage = 4 } }",
        "ResNeXt(50)",
        "ResNet(34) { Norm = new BatchNorm(BatchNormMode.Train, Epsilon: 0, Momentum: 0.01) }",
        "Fpn(Channels: 64, Levels: 6)",
        "Fpn { Norm = new BatchNorm() }",
        "Fpn(Channels: 64) { StartLevel = 1, ExtraLevels = ExtraLevels.FromBackbone, Norm = new GroupNorm(Groups: 8) }",
        "Rpn { Layers = 3 }",
        "FullyConnectedBoxHead { Convolutions = 4, Norm = new BatchNorm(), Layers = 1 }",
        "FullyConnectedBoxHead { Convolutions = 1, Channels = 48 }",
        "FcnMaskHead { Layers = 2, Norm = new GroupNorm() }",
        "RetinaHead { NormGroups = 16, OverlapLoss = new GeneralizedIouLoss() }",
        "RetinaHead { OverlapLoss = new IouLoss(), Reweighting = new PositiveReweighting() }",
        "Fpn { StartLevel = 1, ExtraLevels = ExtraLevels.FromBackbone }",
        "BalancedFeaturePyramid { Inner = new Fpn(Channels: 32), RefineLevel = 0, Refinement = new NonLocalRefinement(Reduction: 2, Scaled: true) }",
        "BalancedFeaturePyramid { Inner = new CarafeFpn(Levels: 4) { Upsampling = new Carafe { Kernel = 3 } }, Refinement = new ConvolutionRefinement() }",
        "BalancedFeaturePyramid { Inner = new BalancedFeaturePyramid(), Refinement = null }",
        "CarafeFpn(Channels: 64, Levels: 7) { Upsampling = new Carafe { Groups = 4, EncoderKernel = 1, EncoderDilation = 2, CompressedChannels = 16 } }",
        "CarafeFpn(Levels: 1) { StartLevel = 3 }",
        "Fpn { StartLevel = 2, Levels = 4, ExtraLevels = ExtraLevels.FromPyramid, ReluBetweenExtraLevels = true }",
        "RetinaHead { Layers = 0, Anchors = new AnchorGrid { WholePixels = true, FittedStrides = true }, NormalizePerImage = true, ClassificationLoss = new CrossEntropyLoss() }",
        "RetinaHead { Layers = 1, Channels = 32, Prior = 0.1, Assigner = new MaxIouAssigner(0.5, 0.4, 0.0) { BoxesKeepNearest = true }, BoxCoder = new DeltaBoxCoder { LimitShrinking = false }, BoxLoss = new SmoothL1Loss(0.1) }",
        "RetinaHead { Reweighting = new PositiveReweighting(Bias: 0.2), Regression = new ClassAwareRegression(K: 2), ClassificationLoss = new EqualizedFocalLoss() }",
        "RetinaHead { Regression = new ClassAwareRegression() }",
        "FcosHead { Layers = 0, NormGroups = 0, LearnedScales = false, DistancesInStrides = true, CentrenessFromBoxes = true, GeometricMeanScores = true, FirstLocation = 0, FittedStrides = true }",
        "FcosHead { Assigner = new PointAssigner(1.5, 4.0, ClosedRanges: false), BoxLoss = new GeneralizedIouLoss(2), ConvolutionBias = true, WeightBoxesByCentreness = false }",
        "FcosHead { BoxLoss = new IouLoss(2), NormGroups = 16, CentrenessWeight = 0.5, CandidatesPerLevel = 10 }",
        "Rpn { Channels = 32, Anchors = new AnchorGrid { Scales = [4, 8], Ratios = [0.5, 1, 2] }, BoxLoss = new SmoothL1Loss(Beta: 0.1), Sampler = new RandomBoxSampler(64, 0.5), Assigner = new MaxIouAssigner(0.7, 0.3, 0.3), Training = new ProposalSelection(100, 50), BoxCoder = new DeltaBoxCoder(0.5, 0.5) }",
        "GuidedAnchorRpn { Channels = 32, Anchoring = new GuidedAnchoring(4, 0.2) { ScalesPerOctave = 2, Ratios = [1], OffsetGroups = 8, ShapeLoss = new GeneralizedIouLoss(), Sampler = new BalancedBoxSampler(64, 0.5) }, BoxLoss = new L1Loss() }",
        "GuidedAnchorRetinaHead { Layers = 0, Prior = 0.05, ClassificationLoss = new CrossEntropyLoss(), Anchoring = new GuidedAnchoring { ShapeLoss = new BoundedIouLoss(0.5) } }",
        "FullyConnectedBoxHead { Layers = 1, ClassificationLoss = new CrossEntropyLoss(2), Classifier = new Linear(), BoxLoss = new L1Loss(2) }",
        "FullyConnectedBoxHead { Layers = 4, ClassificationLoss = new SigmoidFocalLoss(), ClassAgnostic = true }",
        "FullyConnectedBoxHead { ClassificationLoss = new ObjectnessCrossEntropyLoss(), Classifier = new NormalizedLinear(), BoxLoss = new SmoothL1Loss() }",
        "FullyConnectedBoxHead { ClassificationLoss = new EqualizationLoss(LossWeight: 2), Classifier = new Linear { Prior = 0.001 } }",
        "FullyConnectedBoxHead { ClassificationLoss = new EqualizationLoss { LambdaImages = 20 }, Classifier = new NormalizedLinear { Prior = 0.01 } }",
        "FullyConnectedBoxHead { ClassificationLoss = new EqualizationLossV2(Gamma: 6) }",
        "FullyConnectedBoxHead { ClassificationLoss = new EqualizedFocalLoss(Scale: 4) }",
        "FullyConnectedBoxHead { ClassificationLoss = new EquilibriumLoss(Momentum: 0.8) }",
        "FullyConnectedBoxHead { ClassificationLoss = new FederatedLoss(SampledClasses: 2) }",
        "FullyConnectedBoxHead { ClassificationLoss = new GroupSoftmaxLoss(Beta: 4) { Bounds = [5, 50, 500] } }",
        "FullyConnectedBoxHead { ClassificationLoss = new LogitAdjustedLoss(BackgroundShare: 0.75) }",
        "FullyConnectedBoxHead { ClassificationLoss = new BalancedSoftmaxLoss() }",
        "FullyConnectedBoxHead { ClassificationLoss = new DropLoss { LambdaImages = 5 } }",
        "FullyConnectedBoxHead { ClassificationLoss = new AdaptiveClassSuppressionLoss(RareImages: 2) }",
        "FullyConnectedBoxHead { ClassificationLoss = new SeesawSoftmaxLoss(P: 0.5) }",
        "FullyConnectedBoxHead { ClassificationLoss = new SeesawLoss(Q: 0) { Counts = SeesawCounts.DataSet } }",
        "SideAwareBoxHead { Layers = 2, Width = 64, PreConvolutions = 1, PostConvolutions = 2, BucketWeight = 1.5, ClassificationLoss = new SeesawLoss(), Classifier = new NormalizedLinear(), BoxCoder = new BucketBoxCoder(Scale: 1.5) { Nearest = 3, Reach = 2, IgnoreNeighbours = false } }",
        "SideAwareBoxHead { Stretching = 3, BoxCoder = new BucketBoxCoder(21), BoxLoss = new L1Loss(), ClassAgnostic = true }",
        "FcnMaskHead { Layers = 0, Predictor = new Convolution(), ClassAgnostic = true, Loss = new MaskBinaryCrossEntropyLoss(2) }",
        "FcnMaskHead { Layers = 0, Upsampling = new Carafe { Groups = 2 } }",
        "FcnMaskHead { Upsampling = new TransposedConvolution() }",
        "FcnMaskHead { Layers = 1, Channels = 16, Predictor = new NormalizedConvolution(), Targets = new MaskTargets(Aligned: false, Binary: false) }",
        "Cascade { Sampler = new RandomBoxSampler(64, 0.25, AddGroundTruth: true) }",
        "Cascade { Stages = [new CascadeStage(0.5, new DeltaBoxCoder(0.1, 0.2)), new CascadeStage(0.6, new DeltaBoxCoder(0.05, 0.1), LossWeight: 0.5) { BoxHead = new FullyConnectedBoxHead { Layers = 1, ClassAgnostic = false } }] }",
        "Cascade { Stages = [new CascadeStage(0.5, new DeltaBoxCoder(0.1, 0.2)) { BoxHead = new FullyConnectedBoxHead { ClassificationLoss = new GroupSoftmaxLoss() } }] }",
        "StandardRoiHead { Sampler = new BalancedBoxSampler(64, 0.25, AddGroundTruth: true, Bins: 4, OverlappingFirst: true) }",
        "PrimeSampleRoiHead()",
        "PrimeSampleRoiHead { Sampler = new ScoreRankedBoxSampler(64, 0.5, AddGroundTruth: false, NmsIou: 0.4), Reweighting = new PositiveReweighting(K: 1), Regression = null }",
        "PrimeSampleRoiHead { Sampler = new RandomBoxSampler(64, 0.5), Reweighting = null, Regression = new ClassAwareRegression(Bias: 0.1) }",
        "HybridTaskCascade { Semantic = new SemanticBranch { Level = 0, Layers = 1 } }",
        "HybridTaskCascade { Interleaved = false, MaskInformationFlow = false, Context = new GlobalContext { Layers = 2, LossWeight = 3 } }",
        "HybridTaskCascade { MaskInformationFlow = false, MasksInEveryPass = false }",
        "FullyConnectedBoxHead { BoxLoss = new BalancedL1Loss(Beta: 0.11) }",
        "StandardRoiHead { Sampler = new RandomBoxSampler(64, 0.5, AddGroundTruth: true) { NegativesPerPositive = 3 } }",
        "RoiAlign(5) { Aligned = false, SamplingRatio = 2, FinestScale = 32, Strides = [4, 8] }",
        "RandomImages()",
        "ClassAwareImages(ImagesPerClass: 2)",
        "RepeatFactor(Threshold: 0.01) { Form = RepeatFactorForm.Stochastic }",
        "RepeatFactor { ThresholdImages = 20 }",
        "Sgd(0.02, 0.95) { Nesterov = true, NoDecayOnNormAndBias = true }",
        "AdamW(1e-4) { DeformableOffsets = new ParameterFactors(LearningRate: 0.1), Modules = [new ModuleFactors(\"backbone\", LearningRate: 0.1), new ModuleFactors(\"neck\", WeightDecay: 0)] }",
        "MultiStep([1.5, 2], Gamma: 0.5) { WarmupSteps = 0 }",
        "MultiStep([3]) { Warmup = WarmupForm.Constant, WarmupStart = 0.25 }",
        "Cosine(FinalFactor: 0.01) { Until = 0.95 }",
        "DataFolder(\"a \\\"folder\\\" \\\\ of one's own\")",
        "TestTimeAugmentation { TestScales = [0.5, 1], TestFlip = true }",
        "TrainingPlan { Epochs = 11.5, ClipNorm = 35, AccumulationSteps = 4, GradientStatistics = true }",
        "EvaluationPlan(EvaluationRules.Lvis)",
        "Preprocessing { PadTo = 1, ShortSide = 333, LongSide = 500, CutSides = true, WholeColours = false }",
        "DetectionSelection { Calibration = new NorCal(Gamma: 0.4) }",
        "DetectionSelection { Calibration = new NorCal(Gamma: 0.999, NorCalForm.ClassBalanced) }",
        "DetectionSelection(MaxPerImage: 300) { MaskThreshold = 0.4, MinSize = 0.01, MaskPasting = MaskPasting.ToWholePixels }",
    ];

    /// <summary>Those that stand in a list.</summary>
    private static readonly string[] Augmentations =
    [
        "Resize([640, 800], 1333)",
        "LargeScaleJitter(Width: 512) { MinScale = 0.5, Fill = 0 }",
        "RandomCrop(300, 400) { AllowEmpty = true, BoxesFromMasks = false }",
        "RelativeCrop(0.25) { MinVisible = 0.3 }",
        "MinIouCrop { MinOverlaps = [], MaxAspectRatio = 3 }",
        "HorizontalFlip(0.25)",
        "PhotometricDistortion { Hue = 0, ExchangeChannels = false }",
        "CopyPaste(0.5, MaxObjects: 20) { MinVisible = 0.2 }",
        "Mosaic(320, 320) { Fill = 0, MinVisible = 0.1 }",
    ];

    /// <summary>Its own tests say what becomes of it: it needs sixty classes.</summary>
    private static readonly string[] Elsewhere = ["RenderedData"];

    /// <summary>A few compilations, rather than one for each: what takes time is the references.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EachPart_Compiles(int quarter)
    {
        var declarations = Variants
            .Where((_, index) => index % 4 == quarter)
            .Select(value =>
            {
                var (architecture, slot) = SlotOf(value);
                return ($"public override {slot.PropertyType.Name} {slot.Name} => new {value};", architecture.Name);
            })
            .ToList();
        var files = Declared.Batch(declarations).Run().FileNames;
        Assert.All(Enumerable.Range(0, declarations.Count), index => Assert.Contains($"Declared{index}.Training.g.cs", files));
    }

    [Fact]
    public void NoPartIsLeftOut()
    {
        var components = typeof(Detector)
            .Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && type.GetCustomAttribute<ComponentAttribute>() is not null);
        Assert.All(components, component =>
            Assert.True(
                Elsewhere.Contains(component.Name)
                    || Variants
                        .Concat(Augmentations)
                        .Any(variant =>
                            $"new {variant}".Contains($"new {component.Name}(", StringComparison.Ordinal)
                            || variant.StartsWith($"{component.Name} ", StringComparison.Ordinal)
                            || variant.Contains($"new {component.Name} ", StringComparison.Ordinal)
                        ),
                component.Name
            )
        );
    }

    [Fact]
    public void EachArchitecture_Compiles()
    {
        (string Name, string[] Parts, string[] Absent)[] architectures =
        [
            ("FasterRcnn", ["BoxHead", "RpnHead"], ["MaskHead"]),
            ("CascadeRcnn", ["BoxHead"], ["MaskHead"]),
            ("CascadeMaskRcnn", ["BoxHead", "MaskHead"], []),
            ("Htc", ["BoxHead", "MaskHead"], []),
            ("HtcLite", ["BoxHead", "MaskHead"], []),
            ("CarafeFasterRcnn", [], []),
            ("CarafeMaskRcnn", [], []),
            ("LibraFasterRcnn", [], []),
            ("LibraMaskRcnn", [], []),
            ("LibraRetinaNet", [], []),
            ("RetinaNet", ["DenseHead"], ["BoxHead"]),
            ("Fcos", ["DenseHead"], ["BoxHead"]),
            ("GuidedAnchoringRetinaNet", ["DenseHead"], ["BoxHead"]),
        ];
        var files = Declared.Batch(architectures.Select(architecture => ("", architecture.Name))).AsProgram().Run().FileNames;
        Assert.All(architectures.Select((architecture, index) => (architecture, index)), item =>
        {
            Assert.All(item.architecture.Parts, part => Assert.Contains($"Declared{item.index}.{part}.g.cs", files));
            Assert.All(item.architecture.Absent, part => Assert.DoesNotContain($"Declared{item.index}.{part}.g.cs", files));
        });
    }

    [Fact]
    public void EachAugmentation_Compiles() =>
        Declared
            .Detector(
                $"{Backbone} public override ValueList<Augmentation> Augmentations => [{string.Join(", ", Augmentations.Select(value => $"new {value}"))}];"
            )
            .Run();

    [Fact]
    public void NoAugmentation_Compiles() =>
        Declared.Detector(Backbone + "public override ValueList<Augmentation> Augmentations => [];").Run();

    [Fact]
    public void AnInternalDeclaration_Compiles() =>
        Declared
            .Sources(
                $$"""
                using DetectorDsl;
                [Detector, Categories(typeof(Animals))] internal partial record Mine : MaskRcnn { {{Backbone}} }
                """
            )
            .AsProgram()
            .Run();

    [Fact]
    public void NamesThatAreKeywords_Compile() =>
        Declared
            .Sources(
                $$"""
                namespace @class.@event;
                using DetectorDsl;
                [CategorySet("animals.json")] public static partial class @static;
                [Detector, Categories(typeof(@static))] public partial record @object : MaskRcnn { {{Backbone}} }
                [Detector] public partial record @new : @object { public override Optimizer Optimizer => new @base.@string(); }
                """,
                """
                namespace @class.@event.@base;
                [DetectorDsl.Component] public record @string() : DetectorDsl.Sgd(0.5);
                """
            )
            .AsProgram()
            .Run();

    private static (Type Architecture, PropertyInfo Slot) SlotOf(string value)
    {
        var component = typeof(Detector).Assembly.GetType($"DetectorDsl.{value.Split('(', ' ')[0]}", throwOnError: true)!;
        return new[] { typeof(MaskRcnn), typeof(RetinaNet) }
            .SelectMany(architecture => architecture.GetProperties(), (architecture, property) => (architecture, property))
            .First(slot => slot.property.PropertyType.IsAssignableFrom(component));
    }
}
