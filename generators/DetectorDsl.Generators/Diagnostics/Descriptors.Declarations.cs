using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Diagnostics;

/// <summary>Diagnostics about what a declaration says, and how.</summary>
internal static partial class Descriptors
{
    private const string Declarations = "DetectorDsl.Declarations";

    public static readonly DiagnosticDescriptor ValueNotConstant = new(
        id: DiagnosticIds.DDSL0001ValueNotConstant,
        title: "Value unknown at compile time",
        messageFormat: "'{0}' is {1}, which is not evaluated at compile time. Allowed are constants, new, with, lists with spreads, casts to a component, base.Slot, other slots, and static get-only properties.",
        category: Declarations,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0001"
    );

    public static readonly DiagnosticDescriptor ValueOutOfRange = new(
        id: DiagnosticIds.DDSL0002ValueOutOfRange,
        title: "Value out of range",
        messageFormat: "{0} is {1}, but must be {2}",
        category: Declarations,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0002"
    );

    public static readonly DiagnosticDescriptor ValueNotAllowed = new(
        id: DiagnosticIds.DDSL0003ValueNotAllowed,
        title: "Value not among the allowed ones",
        messageFormat: "{0} is {1}, but must be one of {2}",
        category: Declarations,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0003"
    );

    public static readonly DiagnosticDescriptor ListLengthWrong = new(
        id: DiagnosticIds.DDSL0004ListLengthWrong,
        title: "List of the wrong length",
        messageFormat: "{0} holds {1} items, but must hold {2}",
        category: Declarations,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0004"
    );

    public static readonly DiagnosticDescriptor SlotRefersToItself = new(
        id: DiagnosticIds.DDSL0005SlotRefersToItself,
        title: "Slot refers to itself",
        messageFormat: "{0} refers to itself ({1}). Break the circle with a value of its own.",
        category: Declarations,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0005"
    );

    public static readonly DiagnosticDescriptor DuplicateName = new(
        id: DiagnosticIds.DDSL0013DuplicateName,
        title: "Name used twice",
        messageFormat: "The name '{0}' is used twice: by {1} and by {2}. Rename one of them.",
        category: Declarations,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0013"
    );

    public static readonly DiagnosticDescriptor NotPartial = new(
        id: DiagnosticIds.DDSL0014NotPartial,
        title: "Declaration is not partial",
        messageFormat: "{0} must be partial, so that code can be added to it. Add the modifier 'partial'.",
        category: Declarations,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0014"
    );

    public static readonly DiagnosticDescriptor GenericOrNested = new(
        id: DiagnosticIds.DDSL0015GenericOrNested,
        title: "Declaration is generic, nested or local to a file",
        messageFormat: "{0} must not be {1}. Declare it directly in a namespace, without type parameters.",
        category: Declarations,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0015"
    );

    public static readonly DiagnosticDescriptor DeclarationsInCircle = new(
        id: DiagnosticIds.DDSL0016DeclarationsInCircle,
        title: "Declarations name each other in a circle",
        messageFormat: "{0} names itself through {1}. Move what they share into a base record or a static property.",
        category: Declarations,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0016"
    );

    public static readonly DiagnosticDescriptor BaseWithoutDetector = new(
        id: DiagnosticIds.DDSL0021BaseWithoutDetector,
        title: "Record in between lacks [Detector]",
        messageFormat: "{0} derives from {1}, which lacks [Detector]. Mark it, so that its slots are known.",
        category: Declarations,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0021"
    );

    public static readonly DiagnosticDescriptor AssemblyWithoutSpec = new(
        id: DiagnosticIds.DDSL0022AssemblyWithoutSpec,
        title: "Assembly without published slots",
        messageFormat: "{0} comes from the assembly {1}, which does not say what it holds. Rebuild that project with this generator.",
        category: Declarations,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0022"
    );

    public static readonly DiagnosticDescriptor SpecFormatTooNew = new(
        id: DiagnosticIds.DDSL0023SpecFormatTooNew,
        title: "Published slots are too new",
        messageFormat: "{0} was published in format {1} by a newer generator; this one reads formats up to {2}. Update the generator of this project.",
        category: Declarations,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0023"
    );

    public static readonly DiagnosticDescriptor SlotHidden = new(
        id: DiagnosticIds.DDSL0025SlotHidden,
        title: "Slot hidden instead of overridden",
        messageFormat: "{0} hides {1} with 'new'. Override it instead.",
        category: Declarations,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0025"
    );

    public static readonly DiagnosticDescriptor CastFails = new(
        id: DiagnosticIds.DDSL0026CastFails,
        title: "Cast fails",
        messageFormat: "'{0}' cannot be cast to {1}: it is {2}",
        category: Declarations,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0026"
    );

    public static readonly DiagnosticDescriptor NotADetector = new(
        id: DiagnosticIds.DDSL0037NotADetector,
        title: "Declaration does not derive from a detector",
        messageFormat: "{0} has [Detector] but does not derive from Detector. Derive it from MaskRcnn, FasterRcnn or a declaration of your own.",
        category: Declarations,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0037"
    );
}
