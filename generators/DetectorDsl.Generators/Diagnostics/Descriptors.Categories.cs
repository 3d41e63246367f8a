using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Diagnostics;

/// <summary>Diagnostics about category sets and their files.</summary>
internal static partial class Descriptors
{
    private const string Categories = "DetectorDsl.Categories";

    public static readonly DiagnosticDescriptor CategoryFileNotFound = new(
        id: DiagnosticIds.DDSL0027CategoryFileNotFound,
        title: "Category file not found",
        messageFormat: "'{0}' is not among the additional files. Add <AdditionalFiles Include=\"{0}\" /> to the project.",
        category: Categories,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0027"
    );

    public static readonly DiagnosticDescriptor CategoryFileUnreadable = new(
        id: DiagnosticIds.DDSL0028CategoryFileUnreadable,
        title: "Category file cannot be read",
        messageFormat: "'{0}' holds no usable list of categories: {1}",
        category: Categories,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0028"
    );

    public static readonly DiagnosticDescriptor CategoryFileAmbiguous = new(
        id: DiagnosticIds.DDSL0029CategoryFileAmbiguous,
        title: "Several files fit",
        messageFormat: "'{0}' fits several additional files: {1}. Write more of the path.",
        category: Categories,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0029"
    );

    public static readonly DiagnosticDescriptor CategoryNamesCollide = new(
        id: DiagnosticIds.DDSL0030CategoryNamesCollide,
        title: "Categories share a name",
        messageFormat: "The categories {1} of '{0}' share the name {2} as members of the enum; they become {3}",
        category: Categories,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0030"
    );

    public static readonly DiagnosticDescriptor CategoryNameInvalid = new(
        id: DiagnosticIds.DDSL0031CategoryNameInvalid,
        title: "Category name yields no identifier",
        messageFormat: "The name '{2}' of category {1} in '{0}' holds nothing that a C# name can hold; its member is {3}",
        category: Categories,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0031"
    );

    public static readonly DiagnosticDescriptor NotACategorySet = new(
        id: DiagnosticIds.DDSL0035NotACategorySet,
        title: "Type is not a category set",
        messageFormat: "{0} is not a category set. Name a static partial class with [CategorySet(\"file.json\")].",
        category: Categories,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "ddsl0035"
    );
}
