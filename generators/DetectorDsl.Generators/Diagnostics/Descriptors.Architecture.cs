using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Diagnostics;

/// <summary>Diagnostics about parts that do not fit together.</summary>
internal static partial class Descriptors
{
    private const string Architecture = "DetectorDsl.Architecture";

    public static readonly DiagnosticDescriptor PartMissing = new(
        id: DiagnosticIds.DDSL0006PartMissing,
        title: "Part missing",
        messageFormat: "{0} is null, but {1} needs it. Give it a value.",
        category: Architecture,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0006"
    );

    public static readonly DiagnosticDescriptor LevelCountWrong = new(
        id: DiagnosticIds.DDSL0007LevelCountWrong,
        title: "Wrong number of levels",
        messageFormat: "{0} yields {1} levels, but {2} needs {3}. Change one of them.",
        category: Architecture,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0007"
    );

    public static readonly DiagnosticDescriptor StridesDoNotMatch = new(
        id: DiagnosticIds.DDSL0008StridesDoNotMatch,
        title: "Strides do not match",
        messageFormat: "{0} states strides {1}, but the levels that reach it have strides {2}",
        category: Architecture,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0008"
    );

    public static readonly DiagnosticDescriptor ChannelsDoNotMatch = new(
        id: DiagnosticIds.DDSL0009ChannelsDoNotMatch,
        title: "Channels do not match",
        messageFormat: "{0} expects {1} channels, but {2} yields {3}",
        category: Architecture,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0009"
    );

    public static readonly DiagnosticDescriptor ClassCountDiffers = new(
        id: DiagnosticIds.DDSL0010ClassCountDiffers,
        title: "Class count differs from the data",
        messageFormat: "{0} is made for {1} classes, but {2} holds {3}",
        category: Architecture,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0010"
    );

    public static readonly DiagnosticDescriptor LossDoesNotFitHead = new(
        id: DiagnosticIds.DDSL0011LossDoesNotFitHead,
        title: "Loss and head do not fit",
        messageFormat: "{0} cannot stand in {1}: {2}",
        category: Architecture,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0011"
    );

    public static readonly DiagnosticDescriptor FrozenWithoutWeights = new(
        id: DiagnosticIds.DDSL0012FrozenWithoutWeights,
        title: "Frozen without initial weights",
        messageFormat: "{0} is {1}, but {2} is null: random weights would stay as they are. Name initial weights, or train these layers.",
        category: Architecture,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0012"
    );

    public static readonly DiagnosticDescriptor CategoriesMissing = new(
        id: DiagnosticIds.DDSL0032CategoriesMissing,
        title: "No categories named",
        messageFormat: "{0} does not say what it detects. Add [Categories(typeof(...))] with a class that has [CategorySet].",
        category: Architecture,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0032"
    );

    public static readonly DiagnosticDescriptor GroupsDoNotDivide = new(
        id: DiagnosticIds.DDSL0033GroupsDoNotDivide,
        title: "Groups do not divide the channels",
        messageFormat: "{0} is {1}, which does not divide the {2} channels of {3}",
        category: Architecture,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0033"
    );

    public static readonly DiagnosticDescriptor ModuleUnknown = new(
        id: DiagnosticIds.DDSL0040ModuleUnknown,
        title: "Module is not in the model",
        messageFormat: "{1} has no module '{0}'. Name one of these, or what stands before a dot in them: {2}.",
        category: Architecture,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0040"
    );

    public static readonly DiagnosticDescriptor PassDoesNotFit = new(
        id: DiagnosticIds.DDSL0041PassDoesNotFit,
        title: "Pass does not fit its cascade",
        messageFormat: "{0} does not fit a pass of {1}: {2}",
        category: Architecture,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0041"
    );

    public static readonly DiagnosticDescriptor BoxFormDoesNotFit = new(
        id: DiagnosticIds.DDSL0051BoxFormDoesNotFit,
        title: "Form of the boxes does not fit the head",
        messageFormat: "{0} does not fit {1}: {2}",
        category: Architecture,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0051"
    );

    public static readonly DiagnosticDescriptor PrimeSamplesDoNotFit = new(
        id: DiagnosticIds.DDSL0052PrimeSamplesDoNotFit,
        title: "Part does not fit prime sample attention",
        messageFormat: "{0} does not fit {1}: {2}",
        category: Architecture,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0052"
    );

    public static readonly DiagnosticDescriptor SamplerNeedsScores = new(
        id: DiagnosticIds.DDSL0053SamplerNeedsScores,
        title: "Sampler needs the box head's scores",
        messageFormat: "{0} ranks boxes by the box head's scores, which {1} does not ask for. Take a RandomBoxSampler, or a PrimeSampleRoiHead.",
        category: Architecture,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0053"
    );
}
