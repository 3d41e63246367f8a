using System.Collections.Immutable;
using DetectorDsl.Generators.Planning.Shapes;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Code;

/// <summary>The vocabulary's components whose class in the runtime is made by one constructor call.</summary>
internal static class LibraryModules
{
    public static ImmutableArray<LibraryModule> All { get; } =
    [
        // Assigning
        LibraryModule.Plain(
            "DetectorDsl.MaxIouAssigner",
            Matching + "MaxIouAssigner",
            [],
            "PositiveIou",
            "NegativeIou",
            "MinPositiveIou",
            "MatchLowQuality",
            "BoxesKeepNearest"
        ),
        LibraryModule.Plain(
            "DetectorDsl.RandomBoxSampler",
            Sampling + "RandomBoxSampler",
            [],
            "Count",
            "PositiveFraction",
            "AddGroundTruth",
            "NegativesPerPositive"
        ),
        LibraryModule.Plain(
            "DetectorDsl.BalancedBoxSampler",
            Sampling + "BalancedBoxSampler",
            [],
            "Count",
            "PositiveFraction",
            "AddGroundTruth",
            "Bins",
            "OverlappingFirst"
        ),
        LibraryModule.Plain(
            "DetectorDsl.ScoreRankedBoxSampler",
            PrimeSamples + "ScoreRankedBoxSampler",
            [],
            "Count",
            "PositiveFraction",
            "AddGroundTruth",
            "NegativesPerPositive",
            "K",
            "Bias",
            "ScoreThreshold",
            "NmsIou"
        ),
        LibraryModule.Plain("DetectorDsl.PositiveReweighting", PrimeSamples + "PositiveReweighting", [], "K", "Bias"),
        LibraryModule.Plain("DetectorDsl.ClassAwareRegression", PrimeSamples + "ClassAwareRegression", [], "K", "Bias"),
        LibraryModule.Plain(
            "DetectorDsl.BucketBoxCoder",
            BoxCoding + "BucketBoxCoder",
            [],
            "Buckets",
            "Scale",
            "Nearest",
            "Reach",
            "IgnoreNeighbours"
        ),
        LibraryModule.Plain("DetectorDsl.DeltaBoxCoder", BoxCoding + "DeltaBoxCoder", [], "CentreStd", "SizeStd", "LimitShrinking"),
        // Losses
        LibraryModule.Plain("DetectorDsl.CrossEntropyLoss", Losses + "CrossEntropyLoss", ["classes"], "LossWeight"),
        LibraryModule.Plain(
            "DetectorDsl.AdaptiveClassSuppressionLoss",
            Losses + "AdaptiveClassSuppressionLoss",
            ["classes"],
            "Threshold",
            "RareShare",
            "CommonShare",
            "RareImages",
            "CommonImages",
            "LossWeight"
        ),
        new("DetectorDsl.DropLoss", Losses + "DropLoss", static arguments =>
            [arguments.Passed("classes"), TailThreshold(arguments), arguments.Named("LossWeight")]
        ),
        new("DetectorDsl.EqualizationLoss", Losses + "EqualizationLoss", static arguments =>
            [arguments.Passed("classes"), TailThreshold(arguments), arguments.Named("LossWeight")]
        ),
        LibraryModule.Plain(
            "DetectorDsl.EqualizationLossV2",
            Losses + "EqualizationLossV2",
            ["classes"],
            "Gamma",
            "Mu",
            "Alpha",
            "LossWeight"
        ) with
        {
            Buffers = GradientRatio,
        },
        LibraryModule.Plain(
            "DetectorDsl.EqualizedFocalLoss",
            Losses + "EqualizedFocalLoss",
            ["classes"],
            "Gamma",
            "Alpha",
            "Scale",
            "LossWeight"
        ) with
        {
            Buffers = GradientRatio,
        },
        LibraryModule.Plain(
            "DetectorDsl.EquilibriumLoss",
            Losses + "EquilibriumLoss",
            ["classes"],
            "Momentum",
            "FirstScore",
            "BackgroundScore",
            "LossWeight"
        ) with
        {
            Buffers = static classes => [StateTensor.Counts("mean_score", classes + 1)],
        },
        LibraryModule.Plain("DetectorDsl.FederatedLoss", Losses + "FederatedLoss", ["classes"], "SampledClasses", "Power", "LossWeight"),
        LibraryModule.Plain("DetectorDsl.GroupSoftmaxLoss", Losses + "GroupSoftmaxLoss", ["classes"], "Bounds", "Beta", "LossWeight") with
        {
            Buffers = static classes => [new("instance_counts", [classes], IsLearnt: false, "int64")],
        },
        LibraryModule.Plain(
            "DetectorDsl.LogitAdjustedLoss",
            Losses + "LogitAdjustedLoss",
            ["classes"],
            "Tau",
            "BackgroundShare",
            "LossWeight"
        ),
        LibraryModule.Plain("DetectorDsl.ObjectnessCrossEntropyLoss", Losses + "ObjectnessCrossEntropyLoss", ["classes"], "LossWeight"),
        LibraryModule.Plain(
            "DetectorDsl.SeesawSoftmaxLoss",
            Losses + "SeesawSoftmaxLoss",
            ["classes"],
            "P",
            "Q",
            "Epsilon",
            "LossWeight"
        ) with
        {
            Buffers = CumulativeSamples,
        },
        LibraryModule.Plain("DetectorDsl.SigmoidFocalLoss", Losses + "SigmoidFocalLoss", ["classes"], "Gamma", "Alpha", "LossWeight"),
        new("DetectorDsl.SeesawLoss", Losses + "SeesawLoss", static arguments =>
            [
                arguments.Passed("classes"),
                arguments.Named("P"),
                arguments.Named("Q"),
                arguments.Named("Epsilon"),
                arguments.Named("LossWeight"),
                $"counts: {Losses}SeesawCounts.{arguments.Component.Choice("Counts")}",
                .. arguments.Component.Choice("Counts") == "DataSet"
                    ? [$"classCounts: {arguments.Given("classCounts")}"]
                    : Array.Empty<string>(),
            ]
        )
        {
            Buffers = CumulativeSamples,
        },
        LibraryModule.Plain("DetectorDsl.L1Loss", Losses + "L1Loss", [], "LossWeight"),
        LibraryModule.Plain("DetectorDsl.SmoothL1Loss", Losses + "SmoothL1Loss", [], "Beta", "LossWeight"),
        LibraryModule.Plain("DetectorDsl.BalancedL1Loss", Losses + "BalancedL1Loss", [], "Alpha", "Gamma", "Beta", "LossWeight"),
        LibraryModule.Plain("DetectorDsl.BoundedIouLoss", Losses + "BoundedIouLoss", [], "Beta", "Epsilon", "LossWeight"),
        LibraryModule.Plain("DetectorDsl.IouLoss", Losses + "IouLoss", [], "LossWeight"),
        LibraryModule.Plain("DetectorDsl.GeneralizedIouLoss", Losses + "GeneralizedIouLoss", [], "LossWeight"),
        LibraryModule.Plain("DetectorDsl.MaskBinaryCrossEntropyLoss", Losses + "MaskBinaryCrossEntropyLoss", [], "LossWeight"),
        // Scores
        new("DetectorDsl.NorCal", Selection + "NorCal", static arguments =>
            [
                arguments.Passed("imageCounts"),
                arguments.Named("Gamma"),
                $"classBalanced: {(arguments.Component.Choice("Form") == "ClassBalanced" ? "true" : "false")}",
            ]
        ),
        // Layers
        LibraryModule.Plain(
            "DetectorDsl.Carafe",
            Layers + "CarafeUpsampling",
            ["channels"],
            "Kernel",
            "Groups",
            "EncoderKernel",
            "EncoderDilation",
            "CompressedChannels"
        ),
        // Last layers
        new("DetectorDsl.Linear", Modules + "Linear", static arguments =>
            [arguments.Passed("inFeatures"), arguments.Passed("outFeatures"), "std: 0.01", .. Prior(arguments)]
        )
        {
            Maker = Layers + "Initialize.NormalLinear",
        },
        new("DetectorDsl.NormalizedLinear", Layers + "NormalizedLinear", static arguments =>
            [
                arguments.Passed("inFeatures"),
                arguments.Passed("outFeatures"),
                arguments.Named("Temperature"),
                arguments.Named("Power"),
                arguments.Named("Epsilon"),
                .. Prior(arguments),
            ]
        ),
        new("DetectorDsl.Convolution", Layers + "Convolution2d", static arguments =>
            [arguments.Passed("inChannels"), arguments.Passed("outChannels"), "kernel: 1", "bias: true"]
        )
        {
            Maker = Layers + "Initialize.KaimingConvolution",
        },
        LibraryModule.Plain(
            "DetectorDsl.NormalizedConvolution",
            Layers + "NormalizedConv2d",
            ["inChannels", "outChannels"],
            "Temperature",
            "Power",
            "Epsilon"
        ),
        // Learning
        new("DetectorDsl.Sgd", Optimization + "Sgd", static arguments =>
            [ParameterGroups.Of(arguments), arguments.Named("Momentum"), arguments.Named("Nesterov")]
        ),
        new("DetectorDsl.AdamW", Optimization + "AdamW", static arguments =>
            [ParameterGroups.Of(arguments), arguments.Named("Beta1"), arguments.Named("Beta2"), arguments.Named("Epsilon")]
        ),
        new("DetectorDsl.MultiStep", Schedules + "MultiStepSchedule", static arguments =>
            [
                $"milestones: {arguments.Value("Epochs")}",
                arguments.Named("Gamma"),
                arguments.Given("epochs"),
                arguments.Given("totalUpdates"),
            ]
        )
        {
            Maker = Schedules + "MultiStepSchedule.AtEpochs",
        },
        new("DetectorDsl.Cosine", Schedules + "CosineSchedule", static arguments =>
            [arguments.Given("totalUpdates"), arguments.Named("FinalFactor"), arguments.Named("Until")]
        ),
        // Images
        LibraryModule.Plain("DetectorDsl.Resize", Data + "Augmentation.Resize", [], "ShortSides", "LongSide"),
        LibraryModule.Plain(
            "DetectorDsl.LargeScaleJitter",
            Data + "Augmentation.LargeScaleJitter",
            [],
            "Height",
            "Width",
            "MinScale",
            "MaxScale",
            "Fill",
            "MinVisible",
            "BoxesFromMasks"
        ),
        LibraryModule.Plain(
            "DetectorDsl.RandomCrop",
            Data + "Augmentation.RandomCrop",
            [],
            "Height",
            "Width",
            "AllowEmpty",
            "MinVisible",
            "BoxesFromMasks"
        ),
        LibraryModule.Plain(
            "DetectorDsl.RelativeCrop",
            Data + "Augmentation.RelativeCrop",
            [],
            "MinShare",
            "MaxShare",
            "AllowEmpty",
            "MinVisible",
            "BoxesFromMasks"
        ),
        LibraryModule.Plain(
            "DetectorDsl.MinIouCrop",
            Data + "Augmentation.MinIouCrop",
            [],
            "MinOverlaps",
            "MinScale",
            "MaxAspectRatio",
            "MinVisible",
            "BoxesFromMasks"
        ),
        LibraryModule.Plain(
            "DetectorDsl.PhotometricDistortion",
            Data + "Augmentation.PhotometricDistortion",
            [],
            "Probability",
            "Brightness",
            "MinContrast",
            "MaxContrast",
            "MinSaturation",
            "MaxSaturation",
            "Hue",
            "ExchangeChannels"
        ),
        LibraryModule.Plain("DetectorDsl.CopyPaste", Data + "Augmentation.CopyPaste", [], "Probability", "MaxObjects", "MinVisible"),
        LibraryModule.Plain(
            "DetectorDsl.Mosaic",
            Data + "Augmentation.Mosaic",
            [],
            "Height",
            "Width",
            "Probability",
            "MinCentre",
            "MaxCentre",
            "Fill",
            "MinVisible",
            "BoxesFromMasks"
        ),
        LibraryModule.Plain("DetectorDsl.HorizontalFlip", Data + "Augmentation.HorizontalFlip", [], "Probability"),
        LibraryModule.Plain("DetectorDsl.RandomImages", Data + "Sampling.RandomImageSampler", ["index", "seed"]),
        new("DetectorDsl.ClassAwareImages", Data + "Sampling.ClassAwareSampler", static arguments =>
            [arguments.Given("index"), arguments.Named("ImagesPerClass"), arguments.Given("seed")]
        ),
        new("DetectorDsl.RepeatFactor", Data + "Sampling.RepeatFactorSampler", static arguments =>
            [
                arguments.Given("index"),
                arguments.Component.IsNull("ThresholdImages")
                    ? arguments.Named("Threshold")
                    : $"threshold: {arguments.Value("ThresholdImages")} / (double)index.Labels.Length",
                $"stochastic: {(arguments.Component.Choice("Form") == "Stochastic" ? "true" : "false")}",
                arguments.Given("seed"),
            ]
        ),
    ];

    private static IEnumerable<StateTensor> CumulativeSamples(int classes) => [StateTensor.Counts("cum_samples", classes + 1)];

    private static IEnumerable<StateTensor> GradientRatio(int classes) =>
        [StateTensor.Counts("pos_grad", classes), StateTensor.Counts("neg_grad", classes), StateTensor.Counts("pos_neg", classes)];

    private static string TailThreshold(ModuleArguments arguments) =>
        arguments.Named(arguments.Component.IsNull("LambdaImages") ? "Lambda" : "LambdaImages");

    private static IEnumerable<string> Prior(ModuleArguments arguments) =>
        arguments.Component.IsNull("Prior") ? [] : [arguments.Named("Prior")];
}
