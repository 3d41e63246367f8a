using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Parsing;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DetectorDsl.Generators.Categories;

/// <summary>Reads a class with [CategorySet].</summary>
internal static class CategorySetParser
{
    /// <summary>What the generated part declares, none of which may have the name of the class.</summary>
    private static readonly string[] Members =
    [
        "All",
        "Class",
        "Common",
        "Count",
        "Frequent",
        "ImageCounts",
        "Info",
        "InGroup",
        "InstanceCounts",
        "Names",
        "Rare",
    ];

    /// <summary>The class; null for a further part that bears the attribute, too, which is the compiler's own error.</summary>
    public static CategorySetTarget? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        if (context.TargetSymbol is not INamedTypeSymbol type || !context.IsFirstPart)
        {
            return null;
        }

        var typeName = type.FullMetadataName;
        var attribute = type.Attribute(WellKnownNames.CategorySetAttribute)!;
        // On what it is not for, or without its file, the attribute is the compiler's own error.
        var isMeant = type.TypeKind == TypeKind.Class && attribute.ConstructorArguments is [{ Kind: not TypedConstantKind.Error }];
        return new CategorySetTarget
        {
            Namespace = type.ContainingNamespace.FullName,
            Name = type.Name,
            TypeName = typeName,
            File = attribute.ConstructorArguments is [{ Value: string file }] ? file : "",
            FileOrigin = FileOrigin(typeName, (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(cancellation)),
            IsMeant = isMeant,
            Problems = isMeant
                ? FormProblems(type, (TypeDeclarationSyntax)context.TargetNode, Origin.OfType(typeName)).ToEquatableArray()
                : [],
        };
    }

    private static Origin FileOrigin(string typeName, AttributeSyntax attribute) =>
        new OriginMap(typeName, Origin.Attribute("CategorySet"), attribute).Of(
            attribute.ArgumentList?.Arguments.FirstOrDefault() ?? (SyntaxNode)attribute
        );

    private static IEnumerable<Problem> FormProblems(INamedTypeSymbol type, TypeDeclarationSyntax declaration, Origin origin)
    {
        if (type.IsRecord)
        {
            yield return Problems.NotACategorySet(origin, type.Name);
        }
        else if (type.IsFileLocal)
        {
            yield return Problems.GenericOrNested(origin, type.Name, "local to a file");
        }
        else if (type.ContainingType is { } outer)
        {
            yield return Problems.GenericOrNested(origin, type.Name, $"nested in {outer.Name}");
        }
        else if (type.IsGenericType)
        {
            yield return Problems.GenericOrNested(origin, type.Name, "generic");
        }
        else if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            yield return Problems.NotPartial(origin, type.Name);
        }
        else if (!type.IsStatic)
        {
            yield return Problems.NotACategorySet(origin, type.Name);
        }
        else if (Members.Contains(type.Name))
        {
            yield return Problems.DuplicateName(origin, type.Name, "a class of your own", "a member that is generated for it");
        }
    }
}
