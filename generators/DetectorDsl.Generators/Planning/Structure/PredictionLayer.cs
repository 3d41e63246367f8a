using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>A 3x3 convolution to any number of channels, at the end of a dense head: the runtime's <c>PredictionConvolution</c>.</summary>
internal sealed record PredictionLayer(int Inputs, int Outputs) : ConvolutionLayer(Inputs, Outputs, 3)
{
    protected override ObjectCode OwnCode =>
        ObjectCode.New(
            Layers + "PredictionConvolution",
            [CSharpLiteral.Of(Inputs), CSharpLiteral.Of(Outputs), .. Initial.StdArgument, .. Initial.PriorArgument]
        );
}
