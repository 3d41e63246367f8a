using System.Collections.Immutable;
using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Custom;

namespace DetectorDsl.Generators.Planning.Backbones;

/// <summary>Plans one kind of backbone.</summary>
internal abstract class BackbonePlanner
{
    private static readonly ImmutableArray<BackbonePlanner> Kinds = [new ResNetPlanner()];

    /// <summary>Metadata name of the component.</summary>
    protected abstract string Component { get; }

    public static BackbonePlan? Plan(PlanContext context)
    {
        var component = context.Spec.Component("Backbone");
        if (component.Info.Module is not null)
        {
            var levels = UserLevels.Of(component, [], context);
            return levels is { } known && context.MakeShown(component, Surroundings.None) is { } code
                ? new BackbonePlan(UserLevels.Part(code, "backbone", component, known), known, null)
                : null;
        }

        if (Kinds.FirstOrDefault(kind => component.Info.Is(kind.Component)) is { } planner)
        {
            return planner.Plan(component, context);
        }

        context.Report(
            Problems.ComponentNotUsable(component.Origin, component.Name, "no [Module] attribute names the class that does its work")
        );
        return null;
    }

    protected abstract BackbonePlan? Plan(ComponentValue component, PlanContext context);
}
