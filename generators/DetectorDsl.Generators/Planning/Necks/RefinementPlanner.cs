using System.Collections.Immutable;
using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Necks;

/// <summary>Plans one kind of refinement of a balanced feature pyramid.</summary>
internal abstract class RefinementPlanner
{
    private static readonly ImmutableArray<RefinementPlanner> Kinds = [new ConvolutionKind(), new NonLocalKind()];

    /// <summary>Metadata name of the component.</summary>
    protected abstract string Component { get; }

    /// <summary>Plans it at the channels of a level of so many cells; null, and a problem, where it is of no kind of ours.</summary>
    public static RefinementPlan? Plan(ComponentValue component, string place, int channels, long cells, PlanContext context)
    {
        if (Kinds.FirstOrDefault(kind => component.Info.Is(kind.Component)) is { } planner)
        {
            return planner.Plan(component, place, channels, cells);
        }

        context.Report(
            Problems.ComponentNotUsable(
                component.Origin,
                component.Name,
                "refinements of one's own are not supported; derive from NonLocalRefinement or ConvolutionRefinement"
            )
        );
        return null;
    }

    protected abstract RefinementPlan Plan(ComponentValue component, string place, int channels, long cells);

    private sealed class ConvolutionKind : RefinementPlanner
    {
        protected override string Component => "DetectorDsl.ConvolutionRefinement";

        protected override RefinementPlan Plan(ComponentValue component, string place, int channels, long cells)
        {
            var width = CSharpLiteral.Of(channels);
            var code = ObjectCode.New(
                Layers + "ConvolutionBlock",
                $"{Layers}Initialize.XavierConvolution({width}, {width}, kernel: 3)",
                "activate: true"
            );
            return new RefinementPlan(
                code,
                "mean of the levels, 3x3 convolution",
                Cost.Convolution(channels, channels, 3, true, cells).At("conv"),
                [new LayerName($"{place}.conv", null, null)]
            );
        }
    }

    private sealed class NonLocalKind : RefinementPlanner
    {
        protected override string Component => "DetectorDsl.NonLocalRefinement";

        protected override RefinementPlan Plan(ComponentValue component, string place, int channels, long cells)
        {
            var inner = Math.Max(channels / component.Integer("Reduction"), 1);
            var code = ObjectCode.New(
                Layers + "NonLocalBlock",
                $"channels: {CSharpLiteral.Of(channels)}",
                ValueCode.Named("reduction", component["Reduction"]),
                ValueCode.Named("scaled", component["Scaled"])
            );
            var inward = Cost.Convolution(channels, inner, 1, true, cells);
            var pairs = new Cost([], 2 * cells * cells * inner);
            return new RefinementPlan(
                code,
                "mean of the levels, non-local block",
                inward.At("g.conv")
                    + inward.At("theta.conv")
                    + inward.At("phi.conv")
                    + pairs
                    + Cost.Convolution(inner, channels, 1, true, cells).At("conv_out.conv"),
                [.. new[] { "g", "theta", "phi", "conv_out" }.Select(layer => new LayerName($"{place}.{layer}.conv", null, null))]
            );
        }
    }
}
