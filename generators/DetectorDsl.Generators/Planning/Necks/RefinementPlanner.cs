using System.Collections.Immutable;
using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Necks;

/// <summary>Plans one kind of refinement of a balanced feature pyramid.</summary>
internal abstract class RefinementPlanner
{
    private static readonly ImmutableArray<RefinementPlanner> Kinds = [new ConvolutionKind(), new NonLocalKind()];

    /// <summary>Metadata name of the component.</summary>
    protected abstract string Component { get; }

    /// <summary>Plans it at the channels of a level of so many cells; null, and a problem, where it is of no kind of ours.</summary>
    public static CompositeLayer? Plan(ComponentValue component, int channels, long cells, PlanContext context)
    {
        if (Kinds.FirstOrDefault(kind => component.Info.Is(kind.Component)) is { } planner)
        {
            return planner.Plan(component, channels, cells);
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

    protected abstract CompositeLayer Plan(ComponentValue component, int channels, long cells);

    private sealed class ConvolutionKind : RefinementPlanner
    {
        protected override string Component => "DetectorDsl.ConvolutionRefinement";

        protected override CompositeLayer Plan(ComponentValue component, int channels, long cells) =>
            ConvolutionBlocks.Of(
                new ConvolutionLayer(channels, channels, 3)
                {
                    Initial = InitialWeights.Xavier,
                    Activation = Activation.Relu,
                    Places = cells,
                },
                norm: null
            );
    }

    private sealed class NonLocalKind : RefinementPlanner
    {
        protected override string Component => "DetectorDsl.NonLocalRefinement";

        protected override CompositeLayer Plan(ComponentValue component, int channels, long cells)
        {
            var inner = Math.Max(channels / component.Integer("Reduction"), 1);
            var code = ObjectCode.New(
                Layers + "NonLocalBlock",
                $"channels: {CSharpLiteral.Of(channels)}",
                ValueCode.Named("reduction", component["Reduction"]),
                ValueCode.Named("scaled", component["Scaled"])
            );
            var inward = Pointwise(channels, inner);
            return new CompositeLayer(
                code,
                "non-local block",
                [new("g", inward), new("theta", inward), new("phi", inward), new("conv_out", Pointwise(inner, channels))]
            )
            {
                FurtherWork = 2 * cells * cells * inner, // The products of all pairs of cells, and the means by them.
            };

            CompositeLayer Pointwise(int from, int to) =>
                ConvolutionBlocks.Of(new ConvolutionLayer(from, to, 1) { Initial = InitialWeights.Xavier, Places = cells }, norm: null);
        }
    }
}
