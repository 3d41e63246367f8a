using System.Collections.Immutable;
using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.Upsampling;

/// <summary>Plans one way of doubling a map's size, where the declaration has the choice.</summary>
internal abstract class UpsamplingPlanner
{
    private static readonly ImmutableArray<UpsamplingPlanner> Kinds = [new CarafeKind(), new TransposedConvolutionPlanner()];

    /// <summary>Metadata name of the component.</summary>
    protected abstract string Component { get; }

    /// <summary>Plans it; null, and a problem, where it is of no kind of ours or does not fit.</summary>
    /// <param name="component">The component.</param>
    /// <param name="inputs">Channels of the map.</param>
    /// <param name="outputs">Channels that it yields where it can change them.</param>
    /// <param name="cells">Cells of the maps before they are enlarged.</param>
    /// <param name="names">What others call a transposed convolution here.</param>
    /// <param name="context">The declaration.</param>
    public static UpsamplingPlan? Plan(ComponentValue component, int inputs, int outputs, long cells, OtherNames names, PlanContext context)
    {
        if (Kinds.FirstOrDefault(kind => component.Info.Is(kind.Component)) is { } planner)
        {
            return planner.PlanKind(component, inputs, outputs, cells, names, context);
        }

        context.Report(
            Problems.ComponentNotUsable(
                component.Origin,
                component.Name,
                "up-samplings of one's own are not supported; derive from TransposedConvolution or Carafe"
            )
        );
        return null;
    }

    protected abstract UpsamplingPlan? PlanKind(
        ComponentValue component,
        int inputs,
        int outputs,
        long cells,
        OtherNames names,
        PlanContext context
    );

    private sealed class CarafeKind : UpsamplingPlanner
    {
        protected override string Component => "DetectorDsl.Carafe";

        protected override UpsamplingPlan? PlanKind(
            ComponentValue component,
            int inputs,
            int outputs,
            long cells,
            OtherNames names,
            PlanContext context
        ) => CarafePlanner.Plan(component, inputs, cells, context);
    }
}
