using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Necks;

/// <summary>What the template of a feature pyramid prints.</summary>
internal sealed record FpnFile(
    DeclarationNames Names,
    int Channels,
    EquatableArray<FpnInput> Inputs,
    EquatableArray<FpnMerge> Merges,
    EquatableArray<FpnOutput> Outputs,
    EquatableArray<FpnExtra> Extras,
    EquatableArray<string> Convolutions
) : FilePlan("Neck", "Fpn", Names)
{
    /// <summary>The expression that makes the normalisations' factory; null where there are none.</summary>
    public string? NormCode { get; init; }

    public bool HasNorm => NormCode is not null;

    public FpnInput Coarsest => Inputs[Inputs.Count - 1];

    public string Results =>
        string.Join(
            ", ",
            Outputs
                .Select(static output => output.Name)
                .Concat(Extras.Select(static extra => extra.Name))
                .Select(static name => $"{name}.MoveToOuterDisposeScope()")
        );
}

/// <summary>A map of the trunk (its index among them), and what its 1x1 convolution makes of it.</summary>
internal sealed record FpnInput(int Index, int Map, int Channels, string Name, string Shape, string MergedShape);

/// <summary>A step of the way down: the coarser map is brought to the finer one's size and added.</summary>
internal sealed record FpnMerge(string Name, string Coarser);

/// <summary>A level that a 3x3 convolution yields.</summary>
internal sealed record FpnOutput(int Index, string Name, string Merged, string Shape);

/// <summary>A level beyond the trunk's, and the expression that makes it.</summary>
internal sealed record FpnExtra(string Name, string Code, string Shape);
