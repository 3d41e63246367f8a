using DetectorDsl.Generators.Categories;
using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Parsing;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Resolving.Text;

namespace DetectorDsl.Generators.Resolving;

/// <summary>Joins a declaration with what it derives from, and evaluates every slot as the most-derived record would.</summary>
internal static class DetectorResolver
{
    public static Resolution Resolve(
        DetectorDefinition definition,
        DetectorCatalog detectors,
        ComponentCatalog components,
        CategorySetCatalog categorySets,
        CancellationToken cancellation
    )
    {
        var declaration = new DeclarationInfo(
            definition.Namespace,
            definition.Name,
            definition.Accessibility,
            definition.IsAbstract,
            definition.Summary
        )
        {
            WrittenName = definition.WrittenName,
            OwnsItsName = detectors.OwnsItsName(definition),
            TakenNames = definition.TakenNames,
            HiddenNames = definition.HiddenNames,
        };
        var problems = new List<Problem>();
        try
        {
            var spec = ResolveSpec(definition, detectors, components, categorySets, problems, cancellation);
            return new Resolution(declaration, spec, problems.Distinct().ToEquatableArray());
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            problems.Add(Problems.InternalError(Origin.OfType(definition.FullName), definition.FullName, error.Message));
            return new Resolution(declaration, null, problems.ToEquatableArray());
        }
    }

    private static DetectorSpec? ResolveSpec(
        DetectorDefinition definition,
        DetectorCatalog detectors,
        ComponentCatalog components,
        CategorySetCatalog categorySets,
        List<Problem> problems,
        CancellationToken cancellation
    )
    {
        if (detectors.Namesake(definition.FullName) is { } namesake)
        {
            problems.Add(Problems.DuplicateName(Origin.OfType(definition.FullName), definition.Name, namesake, definition.FullName));
        }
        if (ChainOf(definition, detectors, problems) is not { } chain)
        {
            return null;
        }

        var scopes = new SlotScopes(chain, new Evaluator(components, problems));
        var slots = new List<PropertyValue>();
        var complete = true;
        foreach (var slot in SlotsOf(chain))
        {
            cancellation.ThrowIfCancellationRequested();
            if (scopes.Resolve(slot) is { } value)
            {
                slots.Add(new PropertyValue(slot, value));
            }
            else
            {
                complete &= definition.IsAbstract && scopes.IsAbstract(slot);
            }
        }

        complete &= CategoryChoice.TryMake(chain, categorySets, problems, out var categories);
        return !complete || problems.Count > 0
            ? null
            : new DetectorSpec
            {
                Namespace = definition.Namespace,
                Name = definition.Name,
                Accessibility = definition.Accessibility,
                IsAbstract = definition.IsAbstract,
                Summary = definition.Summary,
                BaseTypes = chain.Skip(1).Select(ancestor => ancestor.FullName).ToEquatableArray(),
                Slots = slots.ToEquatableArray(),
                Categories = categories,
                TakenNames = definition.TakenNames,
                HiddenNames = definition.HiddenNames,
            };
    }

    /// <summary>The declaration and what it derives from, nearest first; null where a link is missing, which has been said.</summary>
    private static List<DetectorDefinition>? ChainOf(DetectorDefinition definition, DetectorCatalog detectors, List<Problem> problems)
    {
        var chain = new List<DetectorDefinition>();
        for (var current = definition; ; )
        {
            // A circle of bases is the compiler's own error.
            if (current.IsBroken || chain.Contains(current))
            {
                return null;
            }
            chain.Add(current);
            if (current.BaseType.Length == 0)
            {
                return chain;
            }

            if (detectors.Find(current.BaseType) is not { } ancestor)
            {
                var origin = Origin.OfMember(definition.FullName, Origin.Base);
                problems.Add(
                    detectors.Library.NewerFormat(current.BaseType) is { } format
                        ? Problems.SpecFormatTooNew(origin, current.BaseType, format, SpecText.Version)
                        : Problems.AssemblyWithoutSpec(origin, current.BaseType, "that declares it")
                );
                return null;
            }

            current = ancestor;
        }
    }

    /// <summary>Names of all slots, the root's first, each where it appears first.</summary>
    private static IEnumerable<string> SlotsOf(List<DetectorDefinition> chain) =>
        Enumerable
            .Reverse(chain)
            .SelectMany(definition => definition.Slots)
            .Where(slot => slot.IsPublic)
            .Select(slot => slot.Name)
            .Distinct();
}
