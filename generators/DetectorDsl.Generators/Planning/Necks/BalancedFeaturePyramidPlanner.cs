using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
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

        CompositeLayer? refinement = null;
        if (!component.IsNull("Refinement"))
        {
            refinement = RefinementPlanner.Plan(
                component.Component("Refinement"),
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
        var shape = neck.Pyramid[at].Shape;
        var part = neck.Part with { Code = code };
        if (refinement is null)
        {
            return neck with { Part = part with { Rows = [.. part.Rows, new($"{place}.1", "mean of the levels", shape, [])] } };
        }

        var layers = new ModuleLayers($"{place}.1", [LayerField.Of("refine", refinement)]);
        return neck with
        {
            Part = part with
            {
                Rows = [.. part.Rows, layers.Row("refine", $"mean of the levels, {refinement.Kind}", shape, "refine")],
                Modules = [.. part.Modules, layers],
            },
        };
    }
}
