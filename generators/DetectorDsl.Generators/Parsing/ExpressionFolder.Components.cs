using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace DetectorDsl.Generators.Parsing;

/// <content>Components: <c>new</c>, <c>with</c>, and casts between kinds.</content>
internal sealed partial class ExpressionFolder
{
    private Expression FoldCreation(IObjectCreationOperation creation)
    {
        if (creation.Type is not INamedTypeSymbol type || !type.IsComponent)
        {
            return NotAComponent(creation.Syntax, creation.Type);
        }
        if (!context.Owns(type) && !context.IsPublished(type))
        {
            context.Report(Problems.AssemblyWithoutSpec(origins.Of(creation.Syntax), type.Name, type.ContainingAssembly.Name));
            return new FailedExpression(origins.Of(creation.Syntax));
        }

        return new NewExpression(
            type.FullMetadataName,
            FoldArguments(creation.Arguments).ToEquatableArray(),
            FoldInitializers(creation.Initializer).ToEquatableArray(),
            origins.Of(creation.Syntax)
        );
    }

    private Expression FoldWith(IWithOperation with) =>
        new WithExpression(Fold(with.Operand), FoldInitializers(with.Initializer).ToEquatableArray(), origins.Of(with.Syntax));

    /// <summary>Omitted arguments are there, too: the compiler writes the parameter's default at the place of the call.</summary>
    private IEnumerable<Assignment> FoldArguments(IEnumerable<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter is { } parameter)
            {
                yield return new Assignment(parameter.Name, Fold(argument.Value));
            }
        }
    }

    private IEnumerable<Assignment> FoldInitializers(IObjectOrCollectionInitializerOperation? initializer)
    {
        foreach (var operation in initializer?.Initializers ?? [])
        {
            if (operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } assignment)
            {
                yield return new Assignment(target.Property.Name, Fold(assignment.Value));
            }
            else
            {
                yield return new Assignment("", operation is IInvalidOperation ? Invalid(operation.Syntax) : Unfoldable(operation.Syntax));
            }
        }
    }

    private Expression FoldConversion(IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is not null)
        {
            return Unfoldable(conversion.Syntax);
        }
        if (conversion.IsTryCast)
        {
            return Unfoldable(conversion.Syntax);
        }

        var source = Fold(conversion.Operand);
        var kind = conversion.GetConversion();
        if (kind.IsReference && kind.IsExplicit)
        {
            return conversion.Type is { IsComponent: true } target
                ? new CastExpression(target.FullMetadataName, source, origins.Of(conversion.Syntax))
                : NotAComponent(conversion.Syntax, conversion.Type);
        }

        if (kind.IsNumeric)
        {
            return FoldNumber(conversion, source, kind.IsImplicit);
        }
        return kind.IsUnboxing || (kind.IsNullable && kind.IsExplicit) || kind.IsEnumeration ? Unfoldable(conversion.Syntax)
            : kind.IsNullable ? FoldNullable(conversion, source)
            : source;
    }

    /// <summary>A whole number into a place for a floating-point one; every other conversion of numbers needs a constant.</summary>
    private Expression FoldNumber(IConversionOperation conversion, Expression source, bool isImplicit)
    {
        var from = PropertyTypeReader.Read(Underlying(conversion.Operand.Type!));
        var to = PropertyTypeReader.Read(Underlying(conversion.Type!));
        if (!isImplicit || from is null || to is null)
        {
            return Unfoldable(conversion.Syntax);
        }
        return (from.Kind, to.Kind) == (PropertyKind.Integer, PropertyKind.Real)
            ? new WideningExpression(source, to.Name == "float", origins.Of(conversion.Syntax))
            : source;
    }

    /// <summary><c>int</c> into <c>double?</c> widens; <c>int</c> into <c>int?</c> changes nothing.</summary>
    private Expression FoldNullable(IConversionOperation conversion, Expression source) =>
        SymbolEqualityComparer.Default.Equals(Underlying(conversion.Operand.Type!), Underlying(conversion.Type!))
            ? source
            : FoldNumber(conversion, source, isImplicit: true);

    private static ITypeSymbol Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;

    private FailedExpression NotAComponent(SyntaxNode syntax, ITypeSymbol? type)
    {
        if (type is not (null or IErrorTypeSymbol))
        {
            context.Report(Problems.NotAComponent(origins.Of(syntax), type.ToDisplayString()));
        }
        return new FailedExpression(origins.Of(syntax));
    }
}
