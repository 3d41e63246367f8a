using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Reads what one declaration says itself. The base's slots are the base's own matter: no walk up the chain.</summary>
internal static class DetectorParser
{
    /// <summary>The definition; null for a further part of a type that another part stands for.</summary>
    public static Parsed<DetectorDefinition>? Parse(GeneratorAttributeSyntaxContext target, CancellationToken cancellation)
    {
        if (target.TargetSymbol is not INamedTypeSymbol type || !target.IsFirstPart)
        {
            return null;
        }
        var context = new FoldContext(type, target.SemanticModel, cancellation);
        try
        {
            return Parse(context, (TypeDeclarationSyntax)target.TargetNode);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new Parsed<DetectorDefinition>(
                Header(type, "", "", isBroken: true),
                [Problems.InternalError(Origin.OfType(context.TypeName), context.TypeName, error.Message)]
            );
        }
    }

    private static Parsed<DetectorDefinition> Parse(FoldContext context, TypeDeclarationSyntax syntax)
    {
        var type = context.Type;
        if (type.TypeKind != TypeKind.Class)
        {
            // An attribute on what it is not for is the compiler's own error.
            return new Parsed<DetectorDefinition>(
                Header(type, "", "", isBroken: true) with
                {
                    TakenNames = context.TakenNames(),
                    HiddenNames = context.HiddenNames(),
                },
                []
            );
        }

        CheckForm(context, syntax);
        var baseType = ReadBase(context);
        var categories = ReadCategories(context);
        var isBroken = context.HasProblems || baseType is null || categories is null;
        var definition = Header(type, baseType ?? "", Documentation.OfType(type, context.Cancellation), isBroken) with
        {
            Categories = categories ?? "",
            Slots = ReadSlots(context).ToEquatableArray(),
            TakenNames = context.TakenNames(),
            HiddenNames = context.HiddenNames(),
        };
        return new Parsed<DetectorDefinition>(definition, context.Problems);
    }

    /// <summary>The name is the metadata name, so that a nested or generic record, which is an error, is not taken for one of the plain name.</summary>
    private static DetectorDefinition Header(INamedTypeSymbol type, string baseType, string summary, bool isBroken) =>
        new()
        {
            Namespace = type.ContainingNamespace.FullName,
            Name = type.ContainingNamespace.IsGlobalNamespace
                ? type.FullMetadataName
                : type.FullMetadataName.Substring(type.ContainingNamespace.FullName.Length + 1),
            WrittenName = type.Name,
            Accessibility = type.DeclaredAccessibility == Accessibility.Public ? "public" : "internal",
            IsAbstract = type is { IsAbstract: true, TypeKind: TypeKind.Class },
            IsBroken = isBroken,
            Summary = summary,
            BaseType = baseType,
            Categories = "",
            Slots = [],
        };

    private static void CheckForm(FoldContext context, TypeDeclarationSyntax syntax)
    {
        var type = context.Type;
        var origin = Origin.OfType(context.TypeName);
        if (!syntax.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            context.Report(Problems.NotPartial(origin, type.Name));
        }
        if (type.Arity > 0)
        {
            context.Report(Problems.GenericOrNested(origin, type.Name, "generic"));
        }
        if (type.ContainingType is not null)
        {
            context.Report(Problems.GenericOrNested(origin, type.Name, $"nested in {type.ContainingType.Name}"));
        }
        if (type.IsFileLocal)
        {
            context.Report(Problems.GenericOrNested(origin, type.Name, "local to a file"));
        }
    }

    /// <summary>The declaration that this one derives from, empty for the root; null where there is none that could be built on.</summary>
    private static string? ReadBase(FoldContext context)
    {
        if (context.TypeName == WellKnownNames.Detector)
        {
            return "";
        }
        if (context.Type.BaseType is not { } baseType || baseType.TypeKind == TypeKind.Error)
        {
            return null;
        }
        if (!baseType.DerivesFromDetector)
        {
            context.Report(Problems.NotADetector(Origin.OfType(context.TypeName), context.Type.Name));
            return null;
        }

        var origin = Origin.OfMember(context.TypeName, Origin.Base);
        if (!baseType.IsDetector)
        {
            context.Report(Problems.BaseWithoutDetector(origin, context.Type.Name, baseType.Name));
        }
        else if (!context.Owns(baseType) && !context.IsPublished(baseType))
        {
            context.Report(Problems.AssemblyWithoutSpec(origin, baseType.Name, baseType.ContainingAssembly.Name));
        }
        else
        {
            return baseType.FullMetadataName;
        }
        return null;
    }

    /// <summary>The category set that this declaration itself names, empty for none; null where what it names is none.</summary>
    private static string? ReadCategories(FoldContext context)
    {
        if (context.Type.Attribute(WellKnownNames.CategoriesAttribute) is not { } attribute)
        {
            return "";
        }
        // A type that does not exist, or no argument at all, is the compiler's own error.
        if (
            attribute.ConstructorArguments is not [{ Kind: not TypedConstantKind.Error } argument]
            || argument.Value is ITypeSymbol { TypeKind: TypeKind.Error }
        )
        {
            return null;
        }
        if (argument.Value is INamedTypeSymbol set && set.HasAttribute(WellKnownNames.CategorySetAttribute))
        {
            return set.FullMetadataName;
        }

        var named = (argument.Value as ITypeSymbol)?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "null";
        context.Report(Problems.NotACategorySet(Origin.OfMember(context.TypeName, Origin.Attribute("Categories")), named));
        return null;
    }

    private static IEnumerable<SlotDefinition> ReadSlots(FoldContext context)
    {
        foreach (var member in context.Type.GetMembers())
        {
            if (
                member is not IPropertySymbol { IsStatic: false, IsIndexer: false, IsImplicitlyDeclared: false } property
                || PropertyTypeReader.Read(property.Type) is not { } type
            )
            {
                continue;
            }

            var origin = Origin.OfMember(context.TypeName, property.Name);
            if (property.Hidden is { } hidden)
            {
                context.Report(
                    Problems.SlotHidden(origin, $"{context.Type.Name}.{property.Name}", $"{hidden.ContainingType.Name}.{hidden.Name}")
                );
            }
            var value = property.IsAbstract
                ? null
                : ExpressionFolder.FoldProperty(context, property) ?? WithoutValue(context, property, type);
            yield return new SlotDefinition(
                property.Name,
                type,
                property.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal,
                value
            );
        }
    }

    /// <summary>A positional parameter, or a property that keeps its type's own default: a declaration has no values of its own to give.</summary>
    private static FailedExpression WithoutValue(FoldContext context, IPropertySymbol property, PropertyType type)
    {
        var origin = Origin.OfMember(context.TypeName, property.Name);
        context.Report(Problems.ValueNotConstant(origin, $"{context.Type.Name}.{property.Name}", $"{type} {property.Name}"));
        return new FailedExpression(origin);
    }
}
