using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>Cascades whose passes exchange what they know, with branches over whole images (Hybrid Task Cascade, HTC-Lite).</summary>
internal sealed class HybridTaskCascadePlanner : CascadePlanner
{
    protected override string Component => "DetectorDsl.HybridTaskCascade";

    protected override CascadeForm? Form(ComponentValue component, RoiHeadPlace place, PlanContext context)
    {
        var (flows, everywhere) = (component.Truth("MaskInformationFlow"), component.Truth("MasksInEveryPass"));
        if (!context.Spec.Has("MaskHead"))
        {
            context.Report(
                Problems.ComponentNotUsable(
                    component.Origin,
                    component.Name,
                    $"its passes work on masks, and {context.Names.Name} has no mask head. Derive from MaskRcnn, or use a Cascade"
                )
            );
            return null;
        }

        if (flows && !everywhere)
        {
            context.Report(
                Problems.ComponentNotUsable(
                    component.Origin,
                    component.Name,
                    "mask information flows from mask head to mask head, and only the last pass has one. Set MaskInformationFlow = false"
                )
            );
            return null;
        }

        if (PyramidChannels.Shared(component, place.Pyramid, context) is not { } channels)
        {
            return null;
        }

        var semantic = component["Semantic"] is ComponentValue branch ? Semantic(branch, channels, place, context) : null;
        return semantic is null && !component.IsNull("Semantic")
            ? null
            : new CascadeForm(component.Truth("Interleaved"), flows, everywhere)
            {
                Semantic = semantic,
                Context = component["Context"] is ComponentValue vector ? Context(vector, channels, place, context) : null,
            };
    }

    private static SemanticPlan? Semantic(ComponentValue component, int channels, RoiHeadPlace place, PlanContext context)
    {
        var (level, depth, classes) = (component.Integer("Level"), component.Integer("Layers"), context.Classes + 1);
        if (level >= place.Pyramid.Count)
        {
            context.Report(
                Problems.LevelCountWrong(
                    component["Level"].Origin,
                    "the neck",
                    place.Pyramid.Count,
                    component.Name,
                    $"at least {level + 1}"
                )
            );
            return null;
        }

        var stride = place.Pyramid[level].Stride;
        var head = ObjectCode.New(
            Layers + "FusedSemanticHead",
            $"levels: {place.Pyramid.Count}",
            $"channels: {channels}",
            $"level: {level}",
            $"layers: {depth}",
            $"classes: {classes}"
        );
        var features = ObjectCode.New(
            Operators + "MultiLevelRoIAlign",
            $"outputSize: {context.Spec.Component("MaskFeatures").Integer("OutputSize")}",
            "samplingRatio: 0",
            "aligned: true",
            $"strides: {ValueCode.Numbers([stride])}"
        );
        var layers = ImageBranches.Semantic(
            head,
            channels,
            layers: depth,
            classes,
            place.Pyramid.Count,
            stride,
            context.ImageSize.Cells(stride)
        );
        var part = PartPlan.Of(head, null, layers);
        return new SemanticPlan(
            part,
            features,
            ObjectCode.New(Losses + "SemanticCrossEntropyLoss", ValueCode.Named("lossWeight", component["LossWeight"])),
            stride
        );
    }

    private static ContextPlan Context(ComponentValue component, int channels, RoiHeadPlace place, PlanContext context)
    {
        var layers = component.Integer("Layers");
        var top = place.Pyramid[place.Pyramid.Count - 1];
        var head = ObjectCode.New(
            Layers + "GlobalContextHead",
            $"channels: {channels}",
            $"layers: {layers}",
            $"classes: {CSharpLiteral.Of(context.Classes)}"
        );
        var part = PartPlan.Of(
            head,
            null,
            ImageBranches.Context(head, channels, layers, context.Classes, top, context.ImageSize.Cells(top.Stride))
        );
        return new ContextPlan(part, ObjectCode.New(Losses + "PresenceLoss", ValueCode.Named("lossWeight", component["LossWeight"])));
    }
}
