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
        helpLinkUri: Help + "ddsl0034"
    );

    public static readonly DiagnosticDescriptor RuntimeNotReferenced = new(
        id: DiagnosticIds.DDSL0054RuntimeNotReferenced,
        title: "Program without the runtime",
        messageFormat: "Nothing is generated for {0}, since this program does not reference DetectorDsl.Hosting. Reference it.",
        category: Generator,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0054"
    );

    public static readonly DiagnosticDescriptor LanguageVersionTooOld = new(
        id: DiagnosticIds.DDSL0055LanguageVersionTooOld,
        title: "Version of C# too old",
        messageFormat: "What is generated for {0} is C# {2}, but this project is compiled as C# {1}. Set <LangVersion>{2}</LangVersion> or a newer one.",
        category: Generator,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0055"
    );
}
