using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Upsampling;

/// <summary>Transposed convolutions of kernel 2 and stride 2, with ReLU.</summary>
internal sealed class TransposedConvolutionPlanner : UpsamplingPlanner
{
    protected override string Component => "DetectorDsl.TransposedConvolution";

    protected override UpsamplingPlan? PlanKind(
        ComponentValue component,
        int inputs,
        int outputs,
        long cells,
        OtherNames names,
        PlanContext context
    ) =>
        new(
            new TransposedLayer(inputs, outputs)
            {
                Activation = Activation.Relu,
                Places = cells,
                Elsewhere = names,
            },
            outputs
        );
}
