using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Upsampling;

/// <summary>Transposed convolutions of kernel 2 and stride 2, with ReLU.</summary>
internal sealed class TransposedConvolutionPlanner : UpsamplingPlanner
{
    protected override string Component => "DetectorDsl.TransposedConvolution";

    protected override UpsamplingPlan? PlanKind(ComponentValue component, int inputs, int outputs, long cells, PlanContext context)
    {
        var code = new ObjectCode(
            Modules + "ConvTranspose2d",
            $"{Layers}Initialize.KaimingUpsampling({CSharpLiteral.Of(inputs)}, {CSharpLiteral.Of(outputs)})"
        );
        return new UpsamplingPlan(
            code,
            outputs,
            "2x2 transposed convolution",
            Cost.TransposedConvolution(inputs, outputs, kernel: 2, cells)
        )
        {
            Activation = ".relu_()",
        };
    }
}
