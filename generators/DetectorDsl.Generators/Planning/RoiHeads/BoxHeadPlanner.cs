using System.Collections.Immutable;
using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>Plans one kind of box head.</summary>
internal abstract class BoxHeadPlanner
{
    private static readonly ImmutableArray<BoxHeadPlanner> Kinds = [new FullyConnectedBoxHeadPlanner(), new SideAwareBoxHeadPlanner()];

    /// <summary>Metadata name of the component that all of the kind derive from.</summary>
    protected abstract string Component { get; }

    /// <summary>Plans a box head; null, and a problem, where it cannot be made.</summary>
    /// <param name="component">The head.</param>
    /// <param name="features">What it reads.</param>
    /// <param name="regions">Regions of an image at inference.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="context">The declaration.</param>
    public static BoxHeadPlan? Of(ComponentValue component, RoiFeatures features, int regions, HeadPlace place, PlanContext context)
    {
        if (Kinds.FirstOrDefault(kind => component.Info.Is(kind.Component)) is { } planner)
        {
            return planner.Plan(component, features, regions, place, context);
        }

        context.Report(
            Problems.ComponentNotUsable(
                component.Origin,
                component.Name,
                "box heads of one's own are not supported; derive from FullyConnectedBoxHead or SideAwareBoxHead"
            )
        );
        return null;
    }

    protected abstract BoxHeadPlan? Plan(ComponentValue component, RoiFeatures features, int regions, HeadPlace place, PlanContext context);

    /// <summary>The last layer of the classification; null, and a problem, where it cannot be made.</summary>
    protected static ObjectCode? Classifier(ComponentValue head, int inputs, int outputs, PlanContext context) =>
        context.Make(
            head.Component("Classifier"),
            new Surroundings().With("inFeatures", inputs).With("outFeatures", outputs).With("classes", context.Classes)
        );

    protected static Cost ClassifierCost(ComponentValue head, int inputs, int outputs) =>
        head.Component("Classifier").Info.Module is null ? Cost.Linear(inputs, outputs) : Cost.Unknown;
}
