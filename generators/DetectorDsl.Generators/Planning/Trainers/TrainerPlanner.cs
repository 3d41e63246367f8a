using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Trainers;

/// <summary>Plans what the command line needs of a declaration.</summary>
internal static class TrainerPlanner
{
    private const string Rendered = "DetectorDsl.RenderedData";

    public static TrainerFile Plan(bool hasInitialWeights, PlanContext context) =>
        new(
            context.Names,
            CSharpLiteral.Of(context.Names.Summary),
            CSharpLiteral.OfType(context.Spec.Categories!.TypeName),
            $"EvaluationRules.{context.Spec.Component("Evaluation").Choice("Rules")}",
            hasInitialWeights,
            context.Spec["Data"] is ComponentValue data ? DefaultData(data) : ""
        );

    /// <summary>Whether the declared data is of a kind that a trainer can prepare; a problem where it is not.</summary>
    public static bool KnowsData(PlanContext context)
    {
        if (
            !context.Spec.Has("Data")
            || context.Spec["Data"] is not ComponentValue data
            || data.Info.Is(Rendered)
            || data.Info.Is("DetectorDsl.DataFolder")
        )
        {
            return true;
        }

        context.Report(
            Problems.ComponentNotUsable(
                data.Origin,
                data.Name,
                "a trainer finds its images in a DataFolder or makes RenderedData. Take one of these, or name the folder on the command line"
            )
        );
        return false;
    }

    private static string DefaultData(ComponentValue data) =>
        data.Info.Is(Rendered)
            ? $"DataCache.Rendered({TypeNames.Data}Rendering.RenderedStep.{data.Choice("Step")}, seed: 0, progress, cancellation)"
            : ValueCode.Of(data["Path"]);
}
