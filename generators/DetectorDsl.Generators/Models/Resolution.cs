using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Models;

/// <summary>What came of a declaration: its specification, or, where something is wrong, what.</summary>
/// <param name="Declaration">Namespace, name and accessibility, known even where nothing else is.</param>
/// <param name="Spec">Null where a problem is an error.</param>
/// <param name="Problems">In the order in which they were met.</param>
internal sealed record Resolution(DeclarationInfo Declaration, DetectorSpec? Spec, EquatableArray<Problem> Problems)
{
    /// <summary>Whether a stub is to stand in for what cannot be generated.</summary>
    public bool NeedsStub => Spec is null && !Declaration.IsAbstract && Declaration.OwnsItsName;
}

/// <summary>A declaration's name, for the types that are generated beside it.</summary>
internal sealed record DeclarationInfo(string Namespace, string Name, string Accessibility, bool IsAbstract, string Summary)
{
    /// <summary>The name as it is written.</summary>
    public required string WrittenName { get; init; }

    /// <summary>Whether no other declaration of the namespace yields types of that name, as another of a nested record's name may.</summary>
    public required bool OwnsItsName { get; init; }

    /// <summary>Names that types beside the declaration have, of those that are generated for it.</summary>
    public required EquatableArray<string> TakenNames { get; init; }

    /// <summary>Names beside the declaration that hide what generated code imports.</summary>
    public required EquatableArray<HiddenName> HiddenNames { get; init; }

    public string FullName => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";
}

/// <summary>What a parser found, beside what is wrong with it. Apart, so that a problem alone re-renders nothing.</summary>
internal sealed record Parsed<T>(T Definition, EquatableArray<Problem> Problems)
    where T : IEquatable<T>;
