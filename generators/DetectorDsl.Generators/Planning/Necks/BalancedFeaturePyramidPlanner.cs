using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Necks;

/// <summary>Balanced feature pyramids behind another neck (Libra R-CNN, section 3.2).</summary>
internal sealed class BalancedFeaturePyramidPlanner : NeckPlanner
{
    protected override string Component => "DetectorDsl.BalancedFeaturePyramid";

    protected override NeckPlan? Plan(ComponentValue component, string place, IReadOnlyList<Level> inputs, PlanContext context)
    {
        var inner = component.Component("Inner");
        if (
            Of(inner, $"{place}.0", inputs, context) is not { } neck
            || PyramidChannels.Shared(component, neck.Pyramid, context) is not { } channels
        )
        {
            return null;
        }

        var at = component.Integer("RefineLevel");
        if (at >= neck.Pyramid.Count)
        {
            context.Report(
                Problems.LevelCountWrong(
                    component["RefineLevel"].Origin,
                    inner.Name,
                    neck.Pyramid.Count,
                    component.Name,
                    $"more than RefineLevel, {at}"
                )
            );
            return null;
        }

        RefinementPlan? refinement = null;
        if (!component.IsNull("Refinement"))
        {
            refinement = RefinementPlanner.Plan(
                component.Component("Refinement"),
                $"{place}.1.refine",
                channels,
                context.ImageSize.Cells(neck.Pyramid[at].Stride),
                context
            );
            if (refinement is null)
            {
                return null;
            }
        }

        var code = ObjectCode.New(
            Layers + "NeckChain",
            neck.Part.Code.Construction,
            ObjectCode
                .New(
                    Layers + "BalancedPyramid",
                    ValueCode.Named("refineLevel", component["RefineLevel"]),
                    $"refine: {refinement?.Code.Construction ?? "null"}"
                )
                .Construction
        );
        var row = refinement is null
            ? new DescriptionRow($"{place}.1", "mean of the levels", neck.Pyramid[at].Shape, Cost.None)
            : new DescriptionRow($"{place}.1.refine", refinement.Kind, neck.Pyramid[at].Shape, refinement.Cost);
        return neck with
        {
            Part = neck.Part with
            {
                Code = code,
                Rows = [.. neck.Part.Rows, row],
                Names = [.. neck.Part.Names, .. refinement?.Names ?? []],
            },
        };
    }
}
