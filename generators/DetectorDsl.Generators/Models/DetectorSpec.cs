using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Models;

/// <summary>A declaration, resolved: every slot folded against the most-derived record.</summary>
/// <remarks>Never a symbol, compilation, syntax node or location in here: models that hold one are never equal and re-render everything.</remarks>
internal sealed record DetectorSpec
{
    /// <summary>Namespace; empty for the global one.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name of the record.</summary>
    public required string Name { get; init; }

    /// <summary><c>public</c> or <c>internal</c>.</summary>
    public required string Accessibility { get; init; }

    /// <summary>Whether the record is only a base for others.</summary>
    public required bool IsAbstract { get; init; }

    /// <summary>First sentence of its documentation; empty where there is none.</summary>
    public required string Summary { get; init; }

    /// <summary>Full metadata names of the bases, nearest first.</summary>
    public required EquatableArray<string> BaseTypes { get; init; }

    /// <summary>Slots in order, the base's first.</summary>
    public required EquatableArray<PropertyValue> Slots { get; init; }

    /// <summary>The categories, where the declaration or a base names them.</summary>
    public required CategorySetSpec? Categories { get; init; }

    /// <summary>Names that types beside the declaration have, of those that are generated for it.</summary>
    public EquatableArray<string> TakenNames { get; init; } = [];

    /// <summary>Names beside the declaration that hide what generated code imports.</summary>
    public EquatableArray<HiddenName> HiddenNames { get; init; } = [];

    public string FullName => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";

    public bool Has(string slot) => Slots.Any(candidate => candidate.Name == slot);

    public Value this[string slot] => Slots.First(candidate => candidate.Name == slot).Value;

    public ComponentValue Component(string slot) => (ComponentValue)this[slot];

    public IEnumerable<ComponentValue> List(string slot) => ((ListValue)this[slot]).Items.Cast<ComponentValue>();

    public bool Is(string typeName) => BaseTypes.Contains(typeName);
}

/// <summary>The categories of a data set.</summary>
internal sealed record CategorySetSpec(string TypeName, EquatableArray<CategorySpec> Categories);

/// <summary>A category; counts are -1 and the frequency is Unknown where the file states none.</summary>
internal sealed record CategorySpec(int Id, string Name, string EnumMember, string Frequency, int ImageCount, int InstanceCount);

/// <summary>Something wrong with a declaration: which diagnostic, where, and the arguments of its message.</summary>
internal sealed record Problem(string Id, Origin Origin, EquatableArray<string> Arguments)
{
    /// <summary>Whether it is told as a warning, though what it names is an error elsewhere.</summary>
    public bool IsWarning { get; init; }
}
