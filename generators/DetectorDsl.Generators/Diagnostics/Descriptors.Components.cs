using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Diagnostics;

/// <summary>Diagnostics about components of the user's own.</summary>
internal static partial class Descriptors
{
    private const string Components = "DetectorDsl.Components";

    public static readonly DiagnosticDescriptor ModuleNotUsable = new(
        id: DiagnosticIds.DDSL0017ModuleNotUsable,
        title: "Module of a component cannot be used",
        messageFormat: "{0} names the module {1}, which {2}",
        category: Components,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0017"
    );

    public static readonly DiagnosticDescriptor ModuleParameterUnknown = new(
        id: DiagnosticIds.DDSL0018ModuleParameterUnknown,
        title: "Parameter of a module without a match",
        messageFormat: "The constructor of {0} asks for '{1}', but {2} has no property of that name, and the surroundings do not supply it. They supply: {3}.",
        category: Components,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0018"
    );

    public static readonly DiagnosticDescriptor ModuleParameterType = new(
        id: DiagnosticIds.DDSL0019ModuleParameterType,
        title: "Parameter of a module with another type",
        messageFormat: "The constructor of {0} takes '{1}' as {2}, but {3} holds {4}",
        category: Components,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0019"
    );

    public static readonly DiagnosticDescriptor OutputLevelsUnknownProperty = new(
        id: DiagnosticIds.DDSL0020OutputLevelsUnknownProperty,
        title: "Output levels name an unknown property",
        messageFormat: "[OutputLevels] of {0} names the property '{1}', which {2}",
        category: Components,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0020"
    );

    public static readonly DiagnosticDescriptor ComponentWithBody = new(
        id: DiagnosticIds.DDSL0024ComponentWithBody,
        title: "Component with a constructor of its own",
        messageFormat: "The component {0} has a constructor of its own, which is not evaluated at compile time. Use a positional or parameterless record and give defaults there.",
        category: Components,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0024"
    );

    public static readonly DiagnosticDescriptor ComponentNotUsable = new(
        id: DiagnosticIds.DDSL0039ComponentNotUsable,
        title: "Component cannot be used here",
        messageFormat: "{0} cannot be used here: {1}",
        category: Components,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0039"
    );

    public static readonly DiagnosticDescriptor NotAComponent = new(
        id: DiagnosticIds.DDSL0036NotAComponent,
        title: "Record is not a component",
        messageFormat: "{0} is not a component. Mark the record with [Component].",
        category: Components,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0036"
    );

    public static readonly DiagnosticDescriptor PropertyNotFoldable = new(
        id: DiagnosticIds.DDSL0038PropertyNotFoldable,
        title: "Property of a component cannot be evaluated",
        messageFormat: "{0} cannot be part of a declaration: {1}. Use a stored property that holds a number, bool, string, enum, component or a ValueList of these.",
        category: Components,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0038"
    );
}
