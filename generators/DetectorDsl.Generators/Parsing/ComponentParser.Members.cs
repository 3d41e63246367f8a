using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Options;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DetectorDsl.Generators.Parsing;

/// <content>Parameters and properties.</content>
internal static partial class ComponentParser
{
    private static IEnumerable<MemberDefinition> ReadMembers(FoldContext context)
    {
        var constructor = context.Type.PrimaryConstructor;
        foreach (var parameter in constructor?.Parameters ?? [])
        {
            if (PropertyOf(context.Type, parameter) is { } property && ReadProperty(context, property, parameter) is { } info)
            {
                yield return new MemberDefinition(info, IsParameter: true, ReadDefault(context, parameter));
            }
        }

        foreach (var member in context.Type.GetMembers())
        {
            if (
                member
                    is IPropertySymbol
                    {
                        IsStatic: false,
                        IsIndexer: false,
                        DeclaredAccessibility: Accessibility.Public or Accessibility.Internal
                    } property
                && SyntaxOf(property, context.Cancellation) is { } syntax
                && HoldsValue(context, property, syntax)
                && ReadProperty(context, property, parameter: null) is { } info
            )
            {
                yield return new MemberDefinition(info, IsParameter: false, ExpressionFolder.FoldProperty(context, property));
            }
        }
    }

    /// <summary>The property that a parameter makes; null where the record writes it out itself, or inherits it.</summary>
    private static IPropertySymbol? PropertyOf(INamedTypeSymbol type, IParameterSymbol parameter)
    {
        foreach (var member in type.GetMembers(parameter.Name))
        {
            if (
                member is IPropertySymbol property
                && property.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is ParameterSyntax)
            )
            {
                return property;
            }
        }

        return null;
    }

    private static PropertyDeclarationSyntax? SyntaxOf(IPropertySymbol property, CancellationToken cancellation) =>
        property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) as PropertyDeclarationSyntax;

    /// <summary>Whether the property is stored, not computed. One that is both cannot be folded.</summary>
    private static bool HoldsValue(FoldContext context, IPropertySymbol property, PropertyDeclarationSyntax syntax)
    {
        var hasBody =
            syntax.ExpressionBody is not null
            || syntax.AccessorList?.Accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null) == true;
        if (!hasBody)
        {
            return true;
        }
        if (property.SetMethod is not null)
        {
            context.Report(
                Problems.PropertyNotFoldable(
                    Origin.OfMember(context.TypeName, property.Name),
                    $"{context.Type.Name}.{property.Name}",
                    "its accessors have bodies of their own"
                )
            );
        }

        return false;
    }

    private static PropertyInfo? ReadProperty(FoldContext context, IPropertySymbol property, IParameterSymbol? parameter)
    {
        if (PropertyTypeReader.Read(property.Type) is not { } type)
        {
            if (property.Type.TypeKind != TypeKind.Error)
            {
                context.Report(
                    Problems.PropertyNotFoldable(
                        Origin.OfMember(context.TypeName, property.Name),
                        $"{context.Type.Name}.{property.Name}",
                        $"its type is {property.Type.ToDisplayString()}"
                    )
                );
            }

            return null;
        }

        if (property.Hidden is { } hidden)
        {
            context.Report(
                Problems.SlotHidden(
                    Origin.OfMember(context.TypeName, property.Name),
                    $"{context.Type.Name}.{property.Name}",
                    $"{hidden.ContainingType.Name}.{hidden.Name}"
                )
            );
        }

        var attributes = property.GetAttributes();
        if (parameter is not null)
        {
            attributes = attributes.AddRange(parameter.GetAttributes());
        }
        var info = ConstraintReader.Read(attributes, property.Name, type);
        if (info.IsTrainerOption && OptionType.Of(type) is null)
        {
            context.Report(
                Problems.PropertyNotFoldable(
                    Origin.OfMember(context.TypeName, property.Name),
                    $"{context.Type.Name}.{property.Name}",
                    $"it is an option of the trainer, and no command line gives a {type}"
                )
            );
        }

        return info with
        {
            Summary =
                parameter is null ? Documentation.Summary(property.DeclaringSyntaxReferences[0].GetSyntax(context.Cancellation))
                : parameter.DeclaringSyntaxReferences[0].GetSyntax(context.Cancellation).Parent?.Parent is { } record
                    ? Documentation.Parameter(record, parameter.Name)
                : "",
        };
    }

    private static Expression? ReadDefault(FoldContext context, IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue)
        {
            return null;
        }
        var origin = Origin.OfMember(context.TypeName, parameter.Name);
        return ConstantReader.Read(parameter.ExplicitDefaultValue, parameter.Type, origin) is { } value
            ? new ConstantExpression(value)
            : new FailedExpression(origin);
    }
}
