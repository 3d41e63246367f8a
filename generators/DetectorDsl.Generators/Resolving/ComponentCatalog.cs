using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Stubs;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Resolving.Text;

namespace DetectorDsl.Generators.Resolving;

/// <summary>All components that a declaration can name, with their defaults evaluated. Built once per compilation, then only read.</summary>
internal sealed class ComponentCatalog
{
    private readonly Dictionary<string, ComponentDefinition> definitions;
    private readonly Dictionary<string, ComponentInfo> infos = [];
    private readonly Dictionary<(string Type, string Member), Value?> defaults = [];
    private readonly Dictionary<(string Type, string Member), EquatableArray<Problem>> failures = [];
    private readonly List<(string Type, string Member)> open = [];
    private readonly List<Problem> problems = [];
    private readonly Library library;

    private ComponentCatalog(Dictionary<string, ComponentDefinition> definitions, Library library)
    {
        this.definitions = definitions;
        this.library = library;
    }

    /// <summary>What stubs of declarations offer.</summary>
    public StubSurface Surface { get; private set; } = StubSurface.None;

    /// <summary>What is wrong with the defaults of this compilation's own components.</summary>
    public EquatableArray<Problem> Problems { get; private set; }

    public static ComponentCatalog Create(IEnumerable<ComponentDefinition> own, Library library, CancellationToken cancellation)
    {
        var definitions = new Dictionary<string, ComponentDefinition>(library.Components);
        var ownTypes = new List<ComponentDefinition>();
        foreach (var definition in own)
        {
            definitions[definition.TypeName] = definition;
            ownTypes.Add(definition);
        }

        var catalog = new ComponentCatalog(definitions, library);
        foreach (var definition in definitions.Values)
        {
            cancellation.ThrowIfCancellationRequested();
            catalog.Describe(definition, []);
        }

        var evaluator = new Evaluator(catalog, catalog.problems);
        foreach (var definition in definitions.Values)
        {
            cancellation.ThrowIfCancellationRequested();
            catalog.EvaluateDefaults(definition, evaluator);
        }

        // What is wrong in another assembly is reported there.
        var ownNames = new HashSet<string>(ownTypes.Select(definition => definition.TypeName));
        catalog.Surface = StubSurface.Of(catalog.infos.Values);
        catalog.Problems = catalog.problems.Where(problem => ownNames.Contains(problem.Origin.TypeName)).Distinct().ToEquatableArray();
        return catalog;
    }

    public ComponentInfo InfoOf(ComponentDefinition definition) => infos[definition.TypeName];

    /// <summary>The definition of a type that is named at a place; null, with the reason reported unless it has been, where it cannot be used.</summary>
    public ComponentDefinition? Find(string typeName, Origin origin, List<Problem> sink)
    {
        if (definitions.TryGetValue(typeName, out var definition))
        {
            return definition.IsBroken ? null : definition;
        }
        sink.Add(
            library.NewerFormat(typeName) is { } format
                ? Diagnostics.Problems.SpecFormatTooNew(origin, typeName, format, SpecText.Version)
                : Diagnostics.Problems.AssemblyWithoutSpec(origin, typeName, "that declares it")
        );
        return null;
    }

    /// <summary>A default that depends on no parameter; null where it does not evaluate. Evaluated when the catalog is built.</summary>
    public Value? DefaultOf(ComponentDefinition definition, MemberDefinition member, Evaluator evaluator)
    {
        var key = (definition.TypeName, member.Name);
        if (defaults.TryGetValue(key, out var known))
        {
            // Of one's own components this has been said; what fails in another assembly is said to whoever uses it.
            if (known is null && library.Components.ContainsKey(definition.TypeName))
            {
                evaluator.Report(failures[key]);
            }
            return known;
        }

        var start = open.IndexOf(key);
        if (start >= 0)
        {
            var path = string.Join(" -> ", open.Skip(start).Append(key).Select(item => $"{item.Item1}.{item.Item2}"));
            evaluator.Report(
                Diagnostics.Problems.DeclarationsInCircle(member.Default!.Origin, $"{definition.TypeName}.{member.Name}", path)
            );
            return null;
        }

        open.Add(key);
        var before = problems.Count;
        var value = evaluator.Evaluate(member.Default!, ParameterScope.None);
        open.RemoveAt(open.Count - 1);
        if (value is null)
        {
            failures[key] = problems.Skip(before).ToEquatableArray();
        }
        return defaults[key] = value;
    }

    private ComponentInfo? Describe(ComponentDefinition definition, HashSet<string> visited)
    {
        if (infos.TryGetValue(definition.TypeName, out var known))
        {
            return known;
        }
        // A circle of bases is the compiler's own error; here it must only end.
        if (!visited.Add(definition.TypeName))
        {
            return null;
        }

        var ancestor = definitions.TryGetValue(definition.BaseType, out var definedBase) ? Describe(definedBase, visited) : null;
        return infos[definition.TypeName] = new ComponentInfo
        {
            TypeName = definition.TypeName,
            BaseTypes = ancestor is null
                ? definition.BaseType.Length == 0
                    ? []
                    : [definition.BaseType]
                : ancestor.BaseTypes.Prepend(ancestor.TypeName).ToEquatableArray(),
            Summary = definition.Summary,
            Properties = MergedProperties.Of(ancestor, definition),
            Module = definition.Module ?? ancestor?.Module,
            OutputLevels = definition.OutputLevels ?? ancestor?.OutputLevels,
            LossTerms = definition.LossTerms.Count > 0 || ancestor is null ? definition.LossTerms : ancestor.LossTerms,
            Logits = definition.Logits ?? ancestor?.Logits,
            LossNeeds = definition.LossNeeds ?? ancestor?.LossNeeds,
        };
    }

    private void EvaluateDefaults(ComponentDefinition definition, Evaluator evaluator)
    {
        foreach (var member in definition.Members)
        {
            if (member.Default is null || member.Default.UsesParameters)
            {
                continue;
            }
            if (DefaultOf(definition, member, evaluator) is { } value)
            {
                evaluator.Check(InfoOf(definition), member.Name, value);
            }
        }
    }
}
