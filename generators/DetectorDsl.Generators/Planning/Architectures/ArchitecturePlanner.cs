using System.Collections.Immutable;
using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Backbones;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Necks;

namespace DetectorDsl.Generators.Planning.Architectures;

/// <summary>Plans one kind of detector, from the pyramid to the losses.</summary>
internal abstract class ArchitecturePlanner
{
    private static readonly ImmutableArray<ArchitecturePlanner> Kinds = [new TwoStagePlanner(), new OneStagePlanner()];

    /// <summary>Metadata name of the declaration that all of the kind derive from.</summary>
    protected abstract string Declaration { get; }

    /// <summary>The planner of a declaration; null, and a problem, where it derives from none of the kinds.</summary>
    public static ArchitecturePlanner? Of(PlanContext context)
    {
        if (Kinds.FirstOrDefault(kind => context.Spec.Is(kind.Declaration)) is { } planner)
        {
            return planner;
        }

        context.Report(
            Problems.ComponentNotUsable(
                Origin.OfType(context.Names.FullName),
                context.Names.Name,
                "a detector derives from FasterRcnn, MaskRcnn, RetinaNet or Fcos"
            )
        );
        return null;
    }

    public abstract ArchitecturePlan? Plan(BackbonePlan backbone, NeckPlan neck, PlanContext context);

    /// <summary>Whether every term has a name of its own; a problem at the classification loss where one has not.</summary>
    protected static bool AreDistinct(IEnumerable<LossTerm> terms, ComponentValue loss, PlanContext context)
    {
        if (terms.GroupBy(static term => term.Key).FirstOrDefault(static group => group.Count() > 1) is not { } twice)
        {
            return true;
        }

        context.Report(
            Problems.LossDoesNotFitHead(
                loss.Origin,
                loss.Name,
                context.Names.Name,
                $"another loss contributes a term named '{twice.Key}' already"
            )
        );
        return false;
    }
}
