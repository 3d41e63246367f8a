using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>A transposed convolution of maps whose windows do not overlap; its places are the cells of its input.</summary>
internal sealed record TransposedLayer(int Inputs, int Outputs) : WeightedLayer(Inputs, Outputs)
{
    /// <summary>Kernel and stride.</summary>
    public const int Factor = 2;

    protected override EquatableArray<long> WeightShape => [Inputs, Outputs, Factor, Factor];

    protected override string OwnKind => $"{Factor}x{Factor} transposed convolution";

    protected override ObjectCode OwnCode =>
        new(Modules + "ConvTranspose2d", $"{Layers}Initialize.KaimingUpsampling({CSharpLiteral.Of(Inputs)}, {CSharpLiteral.Of(Outputs)})");
}
