using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Categories;

/// <summary>What the template of a category set prints; all texts are finished C#.</summary>
internal sealed record CategorySetPlan
{
    public required string Namespace { get; init; }

    public required bool HasNamespace { get; init; }

    public required string Name { get; init; }

    /// <summary>The file's name, for doc comments.</summary>
    public required string File { get; init; }

    /// <summary>The number of classes, as a literal.</summary>
    public required string Count { get; init; }

    public required EquatableArray<ClassPlan> Classes { get; init; }

    /// <summary>Whether the set is published: a set without a readable file is only a stub.</summary>
    public required bool IsPublished { get; init; }

    public required string TypeNameLiteral { get; init; }

    public required string FormatVersion { get; init; }

    public required string SpecLiteral { get; init; }
}

/// <summary>A class of the set.</summary>
internal sealed record ClassPlan(string Member, string Label, string Summary, string Construction);
