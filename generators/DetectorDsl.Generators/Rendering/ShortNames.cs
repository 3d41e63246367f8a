using System.Collections.Immutable;

namespace DetectorDsl.Generators.Rendering;

/// <summary>Types of the library that planned code names, and that generated files write without their namespaces.</summary>
internal static class ShortNames
{
    private static readonly ImmutableDictionary<string, string> Namespaces = Of(
        (
            "DetectorDsl.Data.Augmentation",
            [
                "CopyPaste",
                "HorizontalFlip",
                "LargeScaleJitter",
                "MinIouCrop",
                "Mosaic",
                "PhotometricDistortion",
                "RandomCrop",
                "RelativeCrop",
                "Resize",
            ]
        ),
        ("DetectorDsl.Data.Sampling", ["ClassAwareSampler", "RandomImageSampler", "RepeatFactorSampler"]),
        ("DetectorDsl.Detection.Anchors", ["AnchorGenerator", "GuidedAnchors"]),
        ("DetectorDsl.Detection.BoxCoding", ["BoxOffsets", "BucketBoxCoder", "DeltaBoxCoder", "DistanceBoxCoder"]),
        ("DetectorDsl.Detection.Matching", ["MaxIouAssigner"]),
        (
            "DetectorDsl.Detection.PrimeSamples",
            ["ClassAwareRegression", "PositiveReweighting", "ScoreRankedBoxSampler", "ScoredRoiTargets"]
        ),
        ("DetectorDsl.Detection.Sampling", ["BalancedBoxSampler", "RandomBoxSampler"]),
        ("DetectorDsl.Detection.Selection", ["NorCal", "ProposalSelector"]),
        (
            "DetectorDsl.Detection.Targets",
            [
                "AnchorTargets",
                "DecodedBoxes",
                "LocationTargets",
                "PointTargets",
                "RegionRefiner",
                "RoiTargets",
                "RpnTargets",
                "ShapeTargets",
            ]
        ),
        ("DetectorDsl.Native", ["Arithmetic"]),
        (
            "DetectorDsl.Torch.Layers",
            [
                "BalancedPyramid",
                "BasicBlock",
                "Bottleneck",
                "CarafeUpsampling",
                "Convolution2d",
                "ConvolutionBlock",
                "DeformableSampling",
                "FeatureAdaption",
                "FusedSemanticHead",
                "GlobalContextHead",
                "Initialize",
                "LearnedScale",
                "NeckChain",
                "NonLocalBlock",
                "NormFactory",
                "NormalizedConv2d",
                "NormalizedLinear",
                "PredictionConvolution",
            ]
        ),
        (
            "DetectorDsl.Torch.Losses",
            [
                "AdaptiveClassSuppressionLoss",
                "BalancedL1Loss",
                "BoundedIouLoss",
                "CrossEntropyLoss",
                "DropLoss",
                "EqualizationLoss",
                "EqualizationLossV2",
                "EqualizedFocalLoss",
                "EquilibriumLoss",
                "FederatedLoss",
                "GeneralizedIouLoss",
                "GradientStatistics",
                "GroupSoftmaxLoss",
                "IouLoss",
                "L1Loss",
                "LogitAdjustedLoss",
                "MaskBinaryCrossEntropyLoss",
                "ObjectnessCrossEntropyLoss",
                "ObjectnessLoss",
                "PresenceLoss",
                "SeesawCounts",
                "SeesawLoss",
                "SeesawSoftmaxLoss",
                "SemanticCrossEntropyLoss",
                "SemanticTargets",
                "SideAwareBoxLoss",
                "SigmoidFocalLoss",
                "SmoothL1Loss",
            ]
        ),
        ("DetectorDsl.Torch.Operators", ["MaskPasting", "MultiLevelRoIAlign"]),
        ("DetectorDsl.Training.Optimization", ["AdamW", "ParameterFactors", "ParameterGroup", "ParameterRules", "Sgd"]),
        ("DetectorDsl.Training.Schedules", ["ConstantWarmup", "CosineSchedule", "LinearWarmup", "MultiStepSchedule"]),
        ("DetectorDsl.Weights.Naming", ["BackgroundFirst", "BackgroundLast", "ClassesOfAnchors", "SizesFirst"]),
        (TorchModules, ["ConvTranspose1d", "ConvTranspose2d", "Linear", "ModuleList", "Sequential"])
    );

    private static readonly ImmutableHashSet<string> InTorchModules = ["AdamW", "CrossEntropyLoss", "L1Loss", "SmoothL1Loss"];

    /// <summary>TorchSharp's namespace of layers, losses and optimizers.</summary>
    public const string TorchModules = "TorchSharp.Modules";

    /// <summary>All of them. A type of one of these names beside a declaration would hide the library's.</summary>
    public static IEnumerable<string> All => Namespaces.Keys;

    /// <summary>The namespaces that they lie in.</summary>
    public static IEnumerable<string> AllNamespaces => Namespaces.Values.Distinct(StringComparer.Ordinal);

    /// <summary>The type that a dotted path begins with, and its namespace; null where it is none of them.</summary>
    public static (string Namespace, string Name)? FindIn(string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (Namespaces.TryGetValue(name, out var space) && path.StartsWith($"{space}.{name}", StringComparison.Ordinal))
            {
                return (space, name);
            }
        }

        return null;
    }

    /// <summary>Whether TorchSharp has another type of that name, so that it means neither where both namespaces are imported.</summary>
    public static bool IsAlsoInTorchModules(string name) => InTorchModules.Contains(name);

    private static ImmutableDictionary<string, string> Of(params IEnumerable<(string Namespace, string[] Names)> homes) =>
        homes
            .SelectMany(static home => home.Names, static (home, name) => (name, home.Namespace))
            .ToImmutableDictionary(static item => item.name, static item => item.Namespace);
}
