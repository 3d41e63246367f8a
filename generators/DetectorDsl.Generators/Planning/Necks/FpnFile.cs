using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Necks;

/// <summary>What the template of a feature pyramid prints.</summary>
internal sealed record FpnFile(
    DeclarationNames Names,
    string Summary,
    StructureCode Structure,
    EquatableArray<string> Takes,
    EquatableArray<FpnStep> Laterals,
    EquatableArray<string> Merges,
    EquatableArray<FpnStep> Outputs
) : FilePlan("Neck", "Fpn", Names)
{
    /// <summary>The expression that makes the normalisations' factory; null where there are none.</summary>
    public string? NormCode { get; init; }

    public bool HasNorm => NormCode is not null;

    public string Results => string.Join(", ", Outputs.Select(static output => $"{output.Name}.MoveToOuterDisposeScope()"));
}

/// <summary>A map, the expression that makes it, and its shape.</summary>
internal sealed record FpnStep(string Name, string Code, string Shape);
