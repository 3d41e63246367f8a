using System.Collections.Immutable;
using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Classification;
using DetectorDsl.Generators.Planning.Shapes;

namespace DetectorDsl.Generators.Planning.DenseHeads;

/// <summary>Plans one kind of dense head.</summary>
internal abstract class DenseHeadPlanner
{
    private static readonly ImmutableArray<DenseHeadPlanner> Kinds =
    [
        new RetinaHeadPlanner(),
        new FcosHeadPlanner(),
        new GuidedAnchorRetinaHeadPlanner(),
    ];

    /// <summary>Metadata name of the component.</summary>
    protected abstract string Component { get; }

    public static DenseHeadPlan? Plan(IReadOnlyList<Level> pyramid, PlanContext context)
    {
        var component = context.Spec.Component("DenseHead");
        if (Kinds.FirstOrDefault(kind => component.Info.Is(kind.Component)) is not { } planner)
        {
            context.Report(
                Problems.ComponentNotUsable(
                    component.Origin,
                    component.Name,
                    "dense heads of one's own are not supported; derive from RetinaHead, FcosHead or GuidedAnchorRetinaHead"
                )
            );
            return null;
        }

        return
            PyramidChannels.Shared(component, pyramid, context) is { } inputs
            && ClassificationPlanner.Plan(component, isDense: true, context) is { } classification
            ? planner.Plan(component, pyramid, inputs, classification, context)
            : null;
    }

    protected abstract DenseHeadPlan? Plan(
        ComponentValue component,
        IReadOnlyList<Level> pyramid,
        int inputs,
        ClassificationPlan classification,
        PlanContext context
    );
}
