using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Categories;

/// <summary>A class with [CategorySet]. Never a symbol, syntax node or location in here.</summary>
internal sealed record CategorySetTarget
{
    /// <summary>Namespace; empty for the global one.</summary>
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    /// <summary>Full metadata name.</summary>
    public required string TypeName { get; init; }

    /// <summary>The file's name, or the end of its path, as the attribute gives it.</summary>
    public required string File { get; init; }

    /// <summary>Where problems with the file are shown: at its name.</summary>
    public required Origin FileOrigin { get; init; }

    /// <summary>Whether the attribute stands on a class, with a file; if not, that is the compiler's own error.</summary>
    public required bool IsMeant { get; init; }

    /// <summary>What is wrong with the class itself; where anything is, no code can be added to it.</summary>
    public required EquatableArray<Problem> Problems { get; init; }

    /// <summary>Whether members can be added to the class.</summary>
    public bool CanHoldCode => IsMeant && Problems.Count == 0;
}
