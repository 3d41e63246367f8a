using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Classification;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>Box heads that find each side of a box by itself (SABL).</summary>
internal sealed class SideAwareBoxHeadPlanner : BoxHeadPlanner
{
    protected override string Component => "DetectorDsl.SideAwareBoxHead";

    protected override BoxHeadPlan? Plan(ComponentValue component, RoiFeatures features, int regions, HeadPlace place, PlanContext context)
    {
        if (
            ClassificationPlanner.Plan(component, isDense: false, context) is not { } classification
            || !Fits(component, features, context)
            || Parts(component, classification, context) is not { } parts
        )
        {
            return null;
        }

        var linear = FullyConnected(component, features.Channels * features.Area, regions);
        var sides = new SideLayers(component, features, regions);
        var file = new SideAwareBoxHeadFile(
            context.Names,
            place.Suffix,
            Layers(place.Passes[0]).Code,
            linear.Select(FullyConnectedLayer.Of).ToEquatableArray(),
            SideConvolution.Range(component.Integer("PreConvolutions")),
            SideConvolution.Range(component.Integer("PostConvolutions")),
            features.Shape,
            features.Channels,
            features.Size,
            sides.Positions,
            classification.Code,
            parts.Coder,
            CSharpLiteral.Of(classification.LogitCount),
            classification.LogitMeaning,
            sides.OffsetCount
        );
        LossTerm[] terms =
        [
            new("loss_bbox_cls", "Buckets of the positive regions' sides."),
            new("loss_bbox_reg", "Distances of these sides from the buckets' centres."),
        ];
        var loss = ObjectCode.New(
            Losses + "SideAwareBoxLoss",
            $"{parts.BoxLoss.Construction}.forward",
            $"bucketWeight: {ValueCode.Of(component["BucketWeight"])}"
        );
        return new BoxHeadPlan(
            Part(file, place, Layers, context),
            classification,
            loss,
            terms.ToEquatableArray(),
            parts.Coder,
            Agnostic: true,
            $"R x {classification.LogitCount}, R x {sides.OffsetCount}"
        );

        // Neither torchvision nor detectron2 has such a head.
        ModuleLayers Layers(int? pass) =>
            new(
                HeadPlace.Module("bbox_head", pass),
                [
                    LayerField.List("cls_fcs", LinearLayer.ClassName, linear),
                    LayerField.Of("fc_cls", Classifier(component, parts, regions)),
                    .. sides.Fields,
                    classification.Field,
                ]
            );
    }

    private static bool Fits(ComponentValue component, RoiFeatures features, PlanContext context)
    {
        if (!component.IsNull("ClassAgnostic") && !component.Truth("ClassAgnostic"))
        {
            context.Report(
                Problems.BoxFormDoesNotFit(
                    component["ClassAgnostic"].Origin,
                    "ClassAgnostic = false",
                    component.Name,
                    "it predicts one box for all classes. Leave ClassAgnostic out"
                )
            );
            return false;
        }

        var coder = component.Component("BoxCoder");
        if (!coder.Info.Is(BoxForms.Buckets))
        {
            context.Report(
                Problems.BoxFormDoesNotFit(
                    coder.Origin,
                    coder.Name,
                    component.Name,
                    "it finds sides by their buckets. Take a BucketBoxCoder"
                )
            );
            return false;
        }

        var positions = features.Size * component.Integer("Stretching");
        if (coder.Integer("Buckets") == positions)
        {
            return true;
        }

        context.Report(
            Problems.BoxFormDoesNotFit(
                coder["Buckets"].Origin,
                $"A {coder.Name} of {CSharpLiteral.Of(coder.Integer("Buckets"))} buckets",
                component.Name,
                $"it sees {CSharpLiteral.Of(positions)} positions along an axis, {CSharpLiteral.Of(features.Size)} cells times a Stretching of {CSharpLiteral.Of(component.Integer("Stretching"))}. Buckets has to be that number"
            )
        );
        return false;
    }
}
