using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DetectorDsl.Generators.Categories;

/// <summary>Reads a class with [CategorySet].</summary>
internal static class CategorySetParser
{
    public const string AttributeName = "DetectorDsl.CategorySetAttribute";

    /// <summary>The class, and where its problems are shown; null where another part of the class bears the attribute, too (the compiler's error).</summary>
    public static (CategorySetTarget Target, CategorySetPlaces Places)? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var attribute = type.GetAttributes().First(static attribute => attribute.AttributeClass?.ToDisplayString() == AttributeName);
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is not AttributeSyntax syntax || syntax.Parent?.Parent != context.TargetNode)
            return null;

        var declaration = (ClassDeclarationSyntax)context.TargetNode;
        var typeName = MetadataName(type);
        var target = new CategorySetTarget
        {
            Namespace = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            Name = type.Name,
            TypeName = typeName,
            File = attribute.ConstructorArguments is [{ Value: string file }] ? file : "",
            Problems = FormProblems(type, declaration, typeName).ToEquatableArray(),
        };
        return (target, new CategorySetPlaces(typeName, declaration.Identifier.GetLocation(), syntax.ArgumentList?.Arguments.FirstOrDefault()?.GetLocation() ?? syntax.GetLocation()));
    }

    private static IEnumerable<Problem> FormProblems(INamedTypeSymbol type, ClassDeclarationSyntax declaration, string typeName)
    {
        var origin = new Origin(typeName, "", 0);
        if (type.IsFileLocal)
            yield return Problems.GenericOrNested(origin, type.Name, "local to a file");
        else if (type.ContainingType is not null)
            yield return Problems.GenericOrNested(origin, type.Name, "nested in another type");
        else if (type.IsGenericType)
            yield return Problems.GenericOrNested(origin, type.Name, "generic");
        else if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            yield return Problems.NotPartial(origin, type.Name);
        else if (!type.IsStatic)
            yield return Problems.NotACategorySet(origin, type.Name);
    }

    private static string MetadataName(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return $"{MetadataName(outer)}+{type.MetadataName}";
        return type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName : $"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}";
    }
}
