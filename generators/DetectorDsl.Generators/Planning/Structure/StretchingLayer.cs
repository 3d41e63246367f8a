using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>A transposed convolution along a line whose windows do not overlap; its places are the cells of its input.</summary>
/// <param name="Channels">Channels that it reads and yields.</param>
/// <param name="Factor">Kernel and stride.</param>
internal sealed record StretchingLayer(int Channels, int Factor) : WeightedLayer(Channels, Channels)
{
    protected override EquatableArray<long> WeightShape => [Channels, Channels, Factor];

    protected override string OwnKind => "transposed convolution";

    protected override ObjectCode OwnCode =>
        new(
            Modules + "ConvTranspose1d",
            $"{Layers}Initialize.KaimingStretching({CSharpLiteral.Of(Channels)}, ratio: {CSharpLiteral.Of(Factor)})"
        );
}
