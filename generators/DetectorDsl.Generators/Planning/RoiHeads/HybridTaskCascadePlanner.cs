using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
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
        var (level, layers, classes) = (component.Integer("Level"), component.Integer("Layers"), context.Classes + 1);
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
        var (cells, size) = (context.ImageSize.Cells(stride), context.Spec.Component("MaskFeatures").Integer("OutputSize"));
        const string Own = "roi_head.semantic_head.";
        var shape = $"N x {channels} x H/{stride} x W/{stride}";
        DescriptionRow[] rows =
        [
            .. place.Pyramid.Select(
                (_, index) =>
                    new DescriptionRow(
                        $"{Own}lateral_convs.{index}",
                        "1x1 convolution",
                        shape,
                        Cost.Convolution(channels, channels, 1, true, cells).At("conv")
                    )
            ),
            .. Enumerable
                .Range(0, layers)
                .Select(index => new DescriptionRow(
                    $"{Own}convs.{index}",
                    "3x3 convolution",
                    shape,
                    Cost.Convolution(channels, channels, 3, true, cells).At("conv")
                )),
            new($"{Own}conv_embedding", "1x1 convolution", shape, Cost.Convolution(channels, channels, 1, true, cells).At("conv")),
            new(
                $"{Own}conv_logits",
                "1x1 convolution",
                $"N x {classes} x H/{stride} x W/{stride}",
                Cost.Convolution(channels, classes, 1, true, cells)
            ),
        ];
        var head = ObjectCode.New(
            Layers + "FusedSemanticHead",
            $"levels: {place.Pyramid.Count}",
            $"channels: {channels}",
            $"level: {level}",
            $"layers: {layers}",
            $"classes: {classes}"
        );
        var features = ObjectCode.New(
            Operators + "MultiLevelRoIAlign",
            $"outputSize: {size}",
            "samplingRatio: 0",
            "aligned: true",
            $"strides: {ValueCode.Numbers([stride])}"
        );
        var part = new PartPlan(head, null, rows.ToEquatableArray())
        {
            Names = [new LayerName($"{Own}conv_logits", null, null) { IsPerClass = true }],
        };
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
        const string Own = "roi_head.glbctx_head.";
        DescriptionRow[] rows =
        [
            .. Enumerable
                .Range(0, layers)
                .Select(index => new DescriptionRow(
                    $"{Own}convs.{index}",
                    "3x3 convolution",
                    top.Shape,
                    Cost.Convolution(channels, channels, 3, true, context.ImageSize.Cells(top.Stride)).At("conv")
                )),
            new($"{Own}fc", "fully connected", $"N x {context.Classes}", Cost.Linear(channels, context.Classes)),
        ];
        var head = ObjectCode.New(
            Layers + "GlobalContextHead",
            $"channels: {channels}",
            $"layers: {layers}",
            $"classes: {CSharpLiteral.Of(context.Classes)}"
        );
        var part = new PartPlan(head, null, rows.ToEquatableArray())
        {
            Names = [new LayerName($"{Own}fc", null, null) { IsPerClass = true }],
        };
        return new ContextPlan(part, ObjectCode.New(Losses + "PresenceLoss", ValueCode.Named("lossWeight", component["LossWeight"])));
    }
}
