using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Diagnostics;

/// <summary>Diagnostics about the generator itself.</summary>
internal static partial class Descriptors
{
    private const string Generator = "DetectorDsl.Generator";

    public static readonly DiagnosticDescriptor InternalError = new(
        id: DiagnosticIds.DDSL0034InternalError,
        title: "Error inside the generator",
        messageFormat: "The generator failed on {0}, without fault of yours: {1}. Please report it with the declaration.",
        category: Generator,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0034");
}
