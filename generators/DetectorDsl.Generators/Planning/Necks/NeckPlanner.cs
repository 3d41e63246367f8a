using System.Collections.Immutable;
using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Custom;
using DetectorDsl.Generators.Planning.Shapes;

namespace DetectorDsl.Generators.Planning.Necks;

/// <summary>Plans one kind of neck.</summary>
internal abstract class NeckPlanner
{
    private static readonly ImmutableArray<NeckPlanner> Kinds =
    [
        new BalancedFeaturePyramidPlanner(),
        new CarafeFpnPlanner(),
        new FpnPlanner(),
    ];

    /// <summary>Metadata name of the component.</summary>
    protected abstract string Component { get; }

    public static NeckPlan? Plan(IReadOnlyList<Level> inputs, PlanContext context) =>
        Of(context.Spec.Component("Neck"), "neck", inputs, context);

    /// <summary>Plans a neck, or one within another, under its name in the model.</summary>
    protected static NeckPlan? Of(ComponentValue component, string place, IReadOnlyList<Level> inputs, PlanContext context)
    {
        if (component.Info.Module is not null)
        {
            var surroundings = new Surroundings()
                .With("inputChannels", ValueCode.Numbers(inputs.Select(static level => level.Channels)))
                .With("inputStrides", ValueCode.Numbers(inputs.Select(static level => level.Stride)));
            var levels = UserLevels.Of(component, inputs, context);
            return levels is { } known && context.MakeShown(component, surroundings) is { } code
                ? new NeckPlan(UserLevels.Part(code, place, component, known), known)
                : null;
        }

        if (Kinds.FirstOrDefault(kind => component.Info.Is(kind.Component)) is { } planner)
        {
            return planner.Plan(component, place, inputs, context);
        }

        context.Report(
            Problems.ComponentNotUsable(component.Origin, component.Name, "no [Module] attribute names the class that does its work")
        );
        return null;
    }

    protected abstract NeckPlan? Plan(ComponentValue component, string place, IReadOnlyList<Level> inputs, PlanContext context);
}
