using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Reads what one component record says itself: members, defaults, what its attributes state.</summary>
internal static partial class ComponentParser
{
    /// <summary>The definition; null for a further part of a type that another part stands for.</summary>
    public static Parsed<ComponentDefinition>? Parse(GeneratorAttributeSyntaxContext target, CancellationToken cancellation)
    {
        if (target.TargetSymbol is not INamedTypeSymbol type || !target.IsFirstPart)
        {
            return null;
        }
        var context = new FoldContext(type, target.SemanticModel, cancellation);
        try
        {
            return Parse(context);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new Parsed<ComponentDefinition>(
                Empty(context.TypeName),
                [Problems.InternalError(Origin.OfType(context.TypeName), context.TypeName, error.Message)]
            );
        }
    }

    private static Parsed<ComponentDefinition> Parse(FoldContext context)
    {
        // An attribute on what it is not for is the compiler's own error.
        if (context.Type.TypeKind != TypeKind.Class)
        {
            return new Parsed<ComponentDefinition>(Empty(context.TypeName), []);
        }

        CheckForm(context);
        var baseType = ReadBase(context);
        var terms = LossAttributes.Terms(context);
        var logits = LossAttributes.Logits(context);
        var needs = LossAttributes.Needs(context);
        var definition = Empty(context.TypeName) with
        {
            BaseType = baseType ?? "",
            Summary = Documentation.OfType(context.Type, context.Cancellation),
            Members = ReadMembers(context).ToEquatableArray(),
            BaseArguments = ReadBaseArguments(context).ToEquatableArray(),
            Module = ModuleReader.Read(context, terms.Count, logits, needs),
            OutputLevels = OutputLevelsReader.Read(context),
            LossTerms = terms,
            Logits = logits,
            LossNeeds = needs,
        };
        return new Parsed<ComponentDefinition>(definition with { IsBroken = context.HasProblems || baseType is null }, context.Problems);
    }

    private static ComponentDefinition Empty(string typeName) =>
        new()
        {
            TypeName = typeName,
            BaseType = "",
            IsBroken = true,
            Summary = "",
            Members = [],
            BaseArguments = [],
            Module = null,
            OutputLevels = null,
            LossTerms = [],
            Logits = null,
            LossNeeds = null,
        };

    private static void CheckForm(FoldContext context)
    {
        var type = context.Type;
        if (!type.IsRecord)
        {
            context.Report(Problems.NotAComponent(Origin.OfType(context.TypeName), type.Name));
        }
        if (type.Arity > 0)
        {
            context.Report(Problems.GenericOrNested(Origin.OfType(context.TypeName), type.Name, "generic"));
        }
        if (type.InstanceConstructors.Any(IsHandWritten))
        {
            context.Report(Problems.ComponentWithBody(Origin.OfMember(context.TypeName, Origin.Constructor), type.Name));
        }
    }

    /// <summary>A constructor with a body, which would not be folded; the record's copy constructor is the compiler's affair.</summary>
    internal static bool IsHandWritten(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is ConstructorDeclarationSyntax)
        && !(
            constructor.Parameters is [var parameter] && SymbolEqualityComparer.Default.Equals(parameter.Type, constructor.ContainingType)
        );

    /// <summary>The component that this one derives from, empty for none; null where the base is no component.</summary>
    private static string? ReadBase(FoldContext context)
    {
        if (context.Type.BaseType is not { } baseType || baseType.SpecialType == SpecialType.System_Object)
        {
            return "";
        }
        if (baseType.TypeKind == TypeKind.Error)
        {
            return null;
        }

        var origin = Origin.OfMember(context.TypeName, Origin.Base);
        if (!baseType.IsComponent)
        {
            context.Report(Problems.NotAComponent(origin, baseType.ToDisplayString()));
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

    private static IEnumerable<Assignment> ReadBaseArguments(FoldContext context)
    {
        foreach (var reference in context.Type.DeclaringSyntaxReferences)
        {
            if (
                reference.GetSyntax(context.Cancellation) is TypeDeclarationSyntax
                {
                    BaseList.Types: [PrimaryConstructorBaseTypeSyntax call, ..]
                }
            )
            {
                return ExpressionFolder.FoldBaseArguments(context, call);
            }
        }

        return [];
    }
}
