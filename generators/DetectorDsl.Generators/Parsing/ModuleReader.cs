using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Reads the class that [Module] names, and checks that its constructor can be called.</summary>
internal static class ModuleReader
{
    private static readonly string Supplied = string.Join(", ", Offer.All.Select(static offer => offer.Name));

    /// <summary>The class; null where there is none, or, which is reported, none that could be used.</summary>
    /// <param name="context">The component.</param>
    /// <param name="terms">How many terms it yields, as a loss.</param>
    /// <param name="logits">Its logits, as a loss over the classes.</param>
    /// <param name="needs">What it needs, as such a loss.</param>
    public static ModuleInfo? Read(FoldContext context, int terms, LogitsInfo? logits, LossNeedsInfo? needs)
    {
        if (
            context.Type.Attribute(WellKnownNames.ModuleAttribute)?.ConstructorArguments is not [{ Value: INamedTypeSymbol module }]
            || module.TypeKind == TypeKind.Error
        )
        {
            return null;
        }

        var origin = Origin.OfMember(context.TypeName, Origin.Attribute("Module"));
        if (
            (
                Fault(module)
                ?? (IsTooHidden(context, module) ? "is less visible than the component. Make it public." : null)
                ?? ModuleContract.Fault(context, module, Math.Max(terms, 1), logits, needs)
            ) is
            { } fault
        )
        {
            context.Report(Problems.ModuleNotUsable(origin, context.Type.Name, module.Name, fault));
            return null;
        }

        var constructor = module.InstanceConstructors.Single(IsPublic);
        foreach (var parameter in constructor.Parameters)
        {
            Check(context, origin, module, parameter);
        }
        return new ModuleInfo(
            module.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            constructor.Parameters.Select(Describe).ToEquatableArray()
        )
        {
            IsPublic = module.IsPublicThroughout,
        };
    }

    /// <summary>Another project could then use the component, but not construct its module. One that the component itself cannot name is the compiler's matter.</summary>
    private static bool IsTooHidden(FoldContext context, INamedTypeSymbol module) =>
        context.Type.IsPublicThroughout && !module.IsPublicThroughout && context.CanName(module);

    private static bool IsPublic(IMethodSymbol constructor) => constructor.DeclaredAccessibility == Accessibility.Public;

    private static ModuleParameter Describe(IParameterSymbol parameter) =>
        new(parameter.Name, parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), parameter.HasExplicitDefaultValue);

    private static string? Fault(INamedTypeSymbol module)
    {
        if (module.TypeKind != TypeKind.Class)
        {
            return "is not a class. Name a class.";
        }
        if (module.IsFileLocal)
        {
            return "is local to a file. Make it visible to generated code.";
        }
        if (!module.IsVisibleInAssembly)
        {
            return "is private. Make it internal or public.";
        }
        if (module.IsStatic || module.IsAbstract)
        {
            return "is abstract. Name a class that can be constructed.";
        }
        if (module.IsUnboundGenericType)
        {
            return "lacks its type arguments. Name it with them.";
        }
        return module.InstanceConstructors.Count(IsPublic) switch
        {
            0 => "has no public constructor. Make one public.",
            1 => null,
            _ => "has several public constructors. Leave one.",
        };
    }

    private static void Check(FoldContext context, Origin origin, INamedTypeSymbol module, IParameterSymbol parameter)
    {
        if (context.FindProperty(parameter.Name) is { } property)
        {
            if (!CanPass(context, property.Type, parameter.Type))
            {
                context.Report(
                    Problems.ModuleParameterType(
                        origin,
                        module.Name,
                        parameter.Name,
                        parameter.Type.ToDisplayString(),
                        $"{context.Type.Name}.{property.Name}",
                        property.Type.ToDisplayString()
                    )
                );
            }
        }
        else if (Offer.Find(parameter.Name) is { } offer)
        {
            if (!Fits(context, offer.Type, parameter.Type))
            {
                context.Report(
                    Problems.ModuleParameterType(
                        origin,
                        module.Name,
                        parameter.Name,
                        parameter.Type.ToDisplayString(),
                        "what surrounds it",
                        offer.Type.Words
                    )
                );
            }
        }
        else if (!parameter.HasExplicitDefaultValue && !parameter.IsParams)
        {
            context.Report(Problems.ModuleParameterUnknown(origin, module.Name, parameter.Name, context.Type.Name, Supplied));
        }
    }

    private static bool Fits(FoldContext context, OfferType offer, ITypeSymbol type) =>
        offer.Class.Length > 0
            ? context.FindType(offer.Class) is not { } wanted || context.ConvertsImplicitly(wanted, type)
            : offer.Single.Contains(type.SpecialType) || (ListTypes.ElementOf(type) is { } item && offer.Items.Contains(item.SpecialType));

    /// <summary>Whether a value of the property can be written as an argument: a literal, or a collection expression.</summary>
    private static bool CanPass(FoldContext context, ITypeSymbol property, ITypeSymbol parameter)
    {
        if (property.ListElement is { } element)
        {
            return ListTypes.ElementOf(parameter) is { } item && context.ConvertsImplicitly(element, item);
        }
        return !property.IsComponent && context.ConvertsImplicitly(property, parameter);
    }
}
