using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Models;

/// <summary>What came of a declaration: its specification, or, where something is wrong, what.</summary>
/// <param name="Declaration">Namespace, name and accessibility, known even where nothing else is.</param>
/// <param name="Spec">Null where a problem is an error.</param>
/// <param name="Problems">In the order in which they were met.</param>
internal sealed record Resolution(DeclarationInfo Declaration, DetectorSpec? Spec, EquatableArray<Problem> Problems);

/// <summary>A declaration's name, for the types that are generated beside it.</summary>
internal sealed record DeclarationInfo(string Namespace, string Name, string Accessibility, bool IsAbstract, string Summary)
{
    public string FullName => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";
}

/// <summary>What a parser found, beside what is wrong with it. Apart, so that a problem alone re-renders nothing.</summary>
internal sealed record Parsed<T>(T Definition, EquatableArray<Problem> Problems)
    where T : IEquatable<T>;
