using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Models;

/// <summary>What one component record says itself: its own members with their defaults, unresolved. Never a symbol, syntax node or location in here.</summary>
internal sealed record ComponentDefinition
{
    /// <summary>Full metadata name.</summary>
    public required string TypeName { get; init; }

    /// <summary>Full metadata name of the component it derives from; empty where there is none.</summary>
    public required string BaseType { get; init; }

    /// <summary>Whether the record is wrong in form (a constructor body, generic ...): it is known, but cannot be used.</summary>
    public required bool IsBroken { get; init; }

    /// <summary>First sentence of its documentation; empty where there is none.</summary>
    public required string Summary { get; init; }

    /// <summary>Own parameters and properties in order.</summary>
    public required EquatableArray<MemberDefinition> Members { get; init; }

    /// <summary>Arguments for the base's parameters.</summary>
    public required EquatableArray<Assignment> BaseArguments { get; init; }

    /// <summary>The class that does the work, for a component of the user's own.</summary>
    public required ModuleInfo? Module { get; init; }

    /// <summary>Output levels stated for a backbone or neck of the user's own.</summary>
    public required OutputLevelsInfo? OutputLevels { get; init; }

    /// <summary>Terms of a loss; empty where the record itself names none.</summary>
    public required EquatableArray<string> LossTerms { get; init; }

    /// <summary>Logits of a classification loss.</summary>
    public required LogitsInfo? Logits { get; init; }

    /// <summary>What a classification loss needs of a run.</summary>
    public required LossNeedsInfo? LossNeeds { get; init; }
}

/// <summary>A parameter or property of a component.</summary>
/// <param name="Property">What is known of it.</param>
/// <param name="IsParameter">Whether it is set by a parameter of the same name.</param>
/// <param name="Default">The initialiser, or the parameter's default; null where there is none.</param>
internal sealed record MemberDefinition(PropertyInfo Property, bool IsParameter, Expression? Default)
{
    public string Name => Property.Name;
}
