using System.Collections.Immutable;
using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.RoiHeads;
using DetectorDsl.Generators.Planning.Shapes;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Proposals;

/// <summary>Plans one kind of first stage.</summary>
internal abstract class ProposalPlanner
{
    private const string CoderProperty = "Coder";

    private static readonly ImmutableArray<ProposalPlanner> Kinds = [new RpnPlanner(), new GuidedAnchorRpnPlanner()];

    /// <summary>Metadata name of the component that all of the kind derive from.</summary>
    protected abstract string Component { get; }

    /// <summary>Plans the declared first stage; null, and a problem, where it cannot be made.</summary>
    public static ProposalPlan? Of(IReadOnlyList<Level> pyramid, PlanContext context)
    {
        var component = context.Spec.Component("ProposalHead");
        if (Kinds.FirstOrDefault(kind => component.Info.Is(kind.Component)) is not { } planner)
        {
            context.Report(
                Problems.ComponentNotUsable(
                    component.Origin,
                    component.Name,
                    "proposal heads of one's own are not supported; derive from Rpn or GuidedAnchorRpn"
                )
            );
            return null;
        }

        return PyramidChannels.Shared(component, pyramid, context) is { } inputs ? planner.Plan(component, pyramid, inputs, context) : null;
    }

    protected abstract ProposalPlan? Plan(ComponentValue component, IReadOnlyList<Level> pyramid, int inputs, PlanContext context);

    /// <summary>The initialiser of a field of the head that selects proposals; the head holds the form of the offsets.</summary>
    protected static string Selector(ComponentValue selection) =>
        ObjectCode
            .New(
                Selection + "ProposalSelector",
                ValueCode.Named("candidatesPerLevel", selection["CandidatesPerLevel"]),
                ValueCode.Named("maxPerImage", selection["MaxPerImage"]),
                ValueCode.Named("nmsIou", selection["NmsIou"]),
                ValueCode.Named("minSize", selection["MinSize"]),
                CoderProperty
            )
            .Initializer;

    /// <summary>What training an anchor's objectness and offsets needs.</summary>
    /// <param name="component">The first stage.</param>
    /// <param name="choice">Further arguments of what chooses anchors.</param>
    /// <param name="context">The declaration.</param>
    protected static FieldPlan[]? Fields(ComponentValue component, IEnumerable<string> choice, PlanContext context)
    {
        var assigner = context.Make(component.Component("Assigner"), Surroundings.None);
        var sampler = BoxSamplers.WithoutScores(component, context);
        var boxLoss = context.Make(component.Component("BoxLoss"), Surroundings.None);
        if (assigner is null || sampler is null || boxLoss is null)
        {
            return null;
        }

        return
        [
            new(
                "rpnTargets",
                ObjectCode.New(
                    TrainingTargets + "RpnTargets",
                    [assigner.Construction, sampler.Construction, $"{context.Names.Name}RpnHead.{CoderProperty}", .. choice]
                ),
                "Which anchors the first stage's losses see, and their targets."
            ),
            new(
                "rpnObjectnessLoss",
                ObjectCode.New(Losses + "ObjectnessLoss", ValueCode.Named("lossWeight", component["ObjectnessWeight"])),
                "Loss of the anchors' objectness."
            ),
            new("rpnBoxLoss", boxLoss, "Loss of the anchors' offsets."),
        ];
    }
}
