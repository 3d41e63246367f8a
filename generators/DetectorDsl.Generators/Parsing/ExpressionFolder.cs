using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Folds what stands in a member's body into an expression, through the compiler's own view of it.</summary>
internal sealed partial class ExpressionFolder
{
    private readonly FoldContext context;
    private readonly Fragments fragments;
    private readonly OriginMap origins;

    private ExpressionFolder(FoldContext context, OriginMap origins, Fragments fragments)
    {
        this.context = context;
        this.origins = origins;
        this.fragments = fragments;
    }

    /// <summary>Folds a property's body or initialiser; null where it has neither (it is abstract, or keeps its type's own default).</summary>
    public static Expression? FoldProperty(FoldContext context, IPropertySymbol property) =>
        FoldProperty(context, property, context.TypeName, new Fragments());

    /// <summary>Folds the argument list behind the base's name.</summary>
    public static IEnumerable<Assignment> FoldBaseArguments(FoldContext context, PrimaryConstructorBaseTypeSyntax syntax)
    {
        var folder = new ExpressionFolder(context, new OriginMap(context.TypeName, Origin.Base, syntax), new Fragments());
        return context.ModelOf(syntax.SyntaxTree).GetOperation(syntax, context.Cancellation) is IInvocationOperation call
            ? folder.FoldArguments(call.Arguments)
            : [];
    }

    private static Expression? FoldProperty(FoldContext context, IPropertySymbol property, string typeName, Fragments fragments)
    {
        property = property.PartialImplementationPart ?? property;
        if (property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.Cancellation) is not PropertyDeclarationSyntax syntax)
        {
            return null;
        }
        var origins = new OriginMap(typeName, property.Name, syntax);
        return BodyOf(syntax) is { } body ? new ExpressionFolder(context, origins, fragments).FoldBody(body) : null;
    }

    /// <summary>The node to ask for: the bare expression would leave out the conversion to the property's type.</summary>
    private static SyntaxNode? BodyOf(PropertyDeclarationSyntax syntax)
    {
        if (syntax.ExpressionBody is { } arrow)
        {
            return arrow;
        }
        if (syntax.Initializer is { } initializer)
        {
            return initializer;
        }
        foreach (var accessor in syntax.AccessorList?.Accessors ?? default)
        {
            if (accessor.Keyword.ValueText == "get" && (accessor.Body ?? (SyntaxNode?)accessor.ExpressionBody) is not null)
            {
                return accessor;
            }
        }

        return null;
    }

    private Expression FoldBody(SyntaxNode body)
    {
        var operation = context.ModelOf(body.SyntaxTree).GetOperation(body, context.Cancellation);
        return Returned(operation) is { } value ? Fold(value)
            : operation is null or IInvalidOperation ? Invalid(body)
            : Unfoldable(body);
    }

    private static IOperation? Returned(IOperation? operation) =>
        operation switch
        {
            IMethodBodyOperation method => Returned(method.BlockBody ?? method.ExpressionBody),
            IBlockOperation { Operations: [var statement] } => Returned(statement),
            IReturnOperation result => result.ReturnedValue,
            ISymbolInitializerOperation initializer => initializer.Value,
            _ => null,
        };

    private Expression Fold(IOperation operation)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        if (operation.ConstantValue is { HasValue: true, Value: var constant } && operation is not IInvalidOperation)
        {
            return FoldConstant(operation, constant);
        }

        return operation switch
        {
            IConversionOperation conversion => FoldConversion(conversion),
            IObjectCreationOperation creation => FoldCreation(creation),
            IWithOperation with => FoldWith(with),
            ICollectionExpressionOperation list => FoldList(list.Syntax, list.Elements),
            IArrayCreationOperation { IsImplicit: true, Initializer: { } items } => FoldList(items.Syntax, items.ElementValues),
            ISpreadOperation spread => new SpreadExpression(Fold(spread.Operand), origins.Of(spread.Syntax)),
            IPropertyReferenceOperation reference => FoldReference(reference),
            IParameterReferenceOperation parameter => new ParameterExpression(parameter.Parameter.Name, origins.Of(parameter.Syntax)),
            IDefaultValueOperation absent => new ConstantExpression(new NullValue(origins.Of(absent.Syntax))),
            IParenthesizedOperation parenthesized => Fold(parenthesized.Operand),
            IInvalidOperation invalid => Invalid(invalid.Syntax),
            _ => Unfoldable(operation.Syntax),
        };
    }

    private Expression FoldConstant(IOperation operation, object? constant)
    {
        var origin = origins.Of(operation.Syntax);
        return ConstantReader.Read(constant, operation.Type, origin) is { } value
            ? new ConstantExpression(value)
            : Unfoldable(operation.Syntax);
    }

    private Expression FoldList(SyntaxNode syntax, IEnumerable<IOperation> elements) =>
        new ListExpression(elements.Select(Fold).ToEquatableArray(), origins.Of(syntax));

    private FailedExpression Unfoldable(SyntaxNode syntax)
    {
        // A constant that overflows, say, has the compiler's error already.
        if (context.HasCompilerError(syntax))
        {
            return Invalid(syntax);
        }
        context.Report(Problems.ValueNotConstant(origins.Of(syntax), origins.MemberName, Excerpt(syntax)));
        return new FailedExpression(origins.Of(syntax));
    }

    /// <summary>Silent, for the compiler keeps its error; except where the name is one that this generator will supply, which ends the error.</summary>
    private FailedExpression Invalid(SyntaxNode syntax)
    {
        if (GeneratedNames.FindIn(syntax, context) is { } generated)
        {
            context.Report(Problems.ValueNotConstant(origins.Of(generated), origins.MemberName, Excerpt(generated)));
        }
        return new FailedExpression(origins.Of(syntax));
    }

    private static string Excerpt(SyntaxNode syntax)
    {
        var text = string.Join(" ", syntax.ToString().Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 60 ? text : text.Substring(0, 57) + "...";
    }
}
