using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Trainers;

/// <summary>Plans what the command line needs of a declaration.</summary>
internal static class TrainerPlanner
{
    public static TrainerFile Plan(bool hasInitialWeights, PlanContext context) => new(
        context.Names,
        CSharpLiteral.Of(context.Names.Summary),
        CSharpLiteral.OfType(context.Spec.Categories!.TypeName),
        $"EvaluationRules.{context.Spec.Component("Evaluation").Choice("Rules")}",
        hasInitialWeights,
        context.Spec["Data"] is ComponentValue data ? DefaultData(data) : "");

    private static string DefaultData(ComponentValue data) => data.Info.Is("DetectorDsl.RenderedData")
        ? $"DataCache.Rendered({TypeNames.Data}Rendering.RenderedStep.{data.Choice("Step")}, seed: 0, progress, cancellation)"
        : ValueCode.Of(data["Path"]);
}
