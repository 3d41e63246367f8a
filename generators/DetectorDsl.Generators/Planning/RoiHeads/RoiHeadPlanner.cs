using System.Collections.Immutable;
using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>Plans one kind of second stage: the class that holds its heads, and its part of the forward pass.</summary>
internal abstract class RoiHeadPlanner
{
    private static readonly ImmutableArray<RoiHeadPlanner> Kinds =
    [
        new PrimeSampleRoiHeadPlanner(),
        new StandardRoiHeadPlanner(),
        new HybridTaskCascadePlanner(),
        new CascadePlanner(),
    ];

    /// <summary>Metadata name of the component that all of the kind derive from.</summary>
    protected abstract string Component { get; }

    /// <summary>Plans the declared second stage; null, and a problem, where it cannot be made.</summary>
    public static RoiHeadPlan? Of(RoiHeadPlace place, PlanContext context)
    {
        var component = context.Spec.Component("RoiHead");
        if (Kinds.FirstOrDefault(kind => component.Info.Is(kind.Component)) is { } planner)
        {
            return planner.Plan(component, place, context);
        }

        context.Report(
            Problems.ComponentNotUsable(
                component.Origin,
                component.Name,
                "second stages of one's own are not supported; derive from StandardRoiHead or Cascade"
            )
        );
        return null;
    }

    protected abstract RoiHeadPlan? Plan(ComponentValue component, RoiHeadPlace place, PlanContext context);

    /// <summary>The class that holds the heads.</summary>
    protected static PartPlan Holder(FilePlan file) => new(ObjectCode.New($"{file.Names.Name}RoiHead"), file, []);

    /// <summary>Terms of a second stage's only pass.</summary>
    protected static IEnumerable<LossTerm> Terms(BoxHeadPlan boxHead, MaskHeadPlan? maskHead) =>
        [
            .. LossTerm.OfClasses(boxHead.Classification.Terms, "sampled regions"),
            .. boxHead.BoxTerms,
            .. maskHead is null ? Array.Empty<LossTerm>() : [maskHead.Term],
        ];
}
