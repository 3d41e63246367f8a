using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Necks;

/// <summary>What the template of a feature pyramid with CARAFE prints.</summary>
internal sealed record CarafeFpnFile(
    DeclarationNames Names,
    int Channels,
    EquatableArray<string> Takes,
    EquatableArray<CarafeFpnLateral> Laterals,
    EquatableArray<string> Upsamplers,
    EquatableArray<string> Merges,
    EquatableArray<FpnOutput> Outputs
) : FilePlan("Neck", "CarafeFpn", Names)
{
    public bool HasUpsamplers => Upsamplers.Count > 0;

    public string Results => string.Join(", ", Outputs.Select(static output => $"{output.Name}.MoveToOuterDisposeScope()"));
}

/// <summary>A convolution that makes a level before the way down, and what it is applied to.</summary>
internal sealed record CarafeFpnLateral(int Index, string Convolution, string Argument, string Name, string Shape);
