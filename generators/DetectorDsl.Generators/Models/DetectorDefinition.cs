using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Models;

/// <summary>What one declaration says itself: its own slots, unresolved. Never a symbol, compilation, syntax node or location in here.</summary>
internal sealed record DetectorDefinition
{
    /// <summary>Namespace; empty for the global one.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name of the record.</summary>
    public required string Name { get; init; }

    /// <summary>The name as it is written; <see cref="Name" /> says more of a nested, generic or file-local record, which is an error.</summary>
    public string WrittenName { get; init; } = "";

    /// <summary><c>public</c> or <c>internal</c>.</summary>
    public required string Accessibility { get; init; }

    /// <summary>Whether the record is only a base for others.</summary>
    public required bool IsAbstract { get; init; }

    /// <summary>Whether the declaration itself is wrong in form (not partial, nested ...): it is known, but yields nothing.</summary>
    public required bool IsBroken { get; init; }

    /// <summary>First sentence of its documentation; empty where there is none.</summary>
    public required string Summary { get; init; }

    /// <summary>Full metadata name of the declaration it derives from; empty for the root.</summary>
    public required string BaseType { get; init; }

    /// <summary>Full metadata name of the category set that this declaration itself names; empty where it names none.</summary>
    public required string Categories { get; init; }

    /// <summary>Own slots in the order in which they are written.</summary>
    public required EquatableArray<SlotDefinition> Slots { get; init; }

    /// <summary>Names that types beside the declaration have, of those that are generated for it. No base's matter, so not published.</summary>
    public EquatableArray<string> TakenNames { get; init; } = [];

    /// <summary>Names beside the declaration that hide what generated code imports. Not published either.</summary>
    public EquatableArray<HiddenName> HiddenNames { get; init; } = [];

    public string FullName => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";
}

/// <summary>A slot as one declaration states it.</summary>
/// <param name="Name">Name of the property.</param>
/// <param name="Type">What it holds, as this declaration says it.</param>
/// <param name="IsPublic">Whether it is a part of the declaration, rather than a helper of other slots.</param>
/// <param name="Value">What it is set to; null where the slot is abstract.</param>
internal sealed record SlotDefinition(string Name, PropertyType Type, bool IsPublic, Expression? Value);
