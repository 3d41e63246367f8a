using DetectorDsl.Generators.Planning.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Recognises names that the generator will supply, and that are therefore errors only while it runs.</summary>
internal static class GeneratedNames
{
    /// <summary>Names of the types that may come to stand beside a declaration.</summary>
    public static IEnumerable<string> Of(string declaration) => GeneratedTypes.All.Select(suffix => declaration + suffix);

    /// <summary>The first such name within a faulty expression; null where there is none.</summary>
    public static SyntaxNode? FindIn(SyntaxNode syntax, FoldContext context)
    {
        var model = context.ModelOf(syntax.SyntaxTree);
        foreach (var name in syntax.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
        {
            if (
                model.GetSymbolInfo(name, context.Cancellation) is { Symbol: null, CandidateSymbols.IsEmpty: true }
                && (IsOfCategories(name, model) || IsBesideDetector(name, model))
            )
            {
                return name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            }
        }

        return null;
    }

    /// <summary>A member of a category set, whose members come from its file.</summary>
    private static bool IsOfCategories(SimpleNameSyntax name, SemanticModel model) =>
        name.Parent is MemberAccessExpressionSyntax access
        && access.Name == name
        && model.GetSymbolInfo(access.Expression).Symbol is INamedTypeSymbol type
        && type.HasAttribute(WellKnownNames.CategorySetAttribute);

    /// <summary>A type that stands beside a declaration and begins with its name.</summary>
    private static bool IsBesideDetector(SimpleNameSyntax name, SemanticModel model)
    {
        var text = name.Identifier.ValueText;
        return GeneratedTypes.All.Any(suffix =>
            text.EndsWith(suffix, StringComparison.Ordinal)
            && model
                .LookupNamespacesAndTypes(name.SpanStart, name: text.Substring(0, text.Length - suffix.Length))
                .Any(symbol => symbol.HasAttribute(WellKnownNames.DetectorAttribute))
        );
    }
}
