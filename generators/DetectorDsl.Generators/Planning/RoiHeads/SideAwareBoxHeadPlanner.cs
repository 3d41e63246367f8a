using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Classification;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>Box heads that find each side of a box by itself (SABL).</summary>
internal sealed class SideAwareBoxHeadPlanner : BoxHeadPlanner
{
    private const int Sides = 4;
    private const string Classes = "fc_cls";

    protected override string Component => "DetectorDsl.SideAwareBoxHead";

    protected override BoxHeadPlan? Plan(ComponentValue component, RoiFeatures features, int regions, HeadPlace place, PlanContext context)
    {
        if (ClassificationPlanner.Plan(component, isDense: false, context) is not { } classification || !Fits(component, features, context))
        {
            return null;
        }

        var (inputs, width) = (features.Channels * features.Size * features.Size, component.Integer("Width"));
        var layers = Enumerable
            .Range(0, component.Integer("Layers"))
            .Select(index => new FullyConnectedLayer(index, index == 0 ? inputs : width, width))
            .ToArray();
        var classifier = Classifier(component, width, classification.LogitCount, context);
        var distanceLoss = context.Make(component.Component("BoxLoss"), new Surroundings().With("classes", context.Classes));
        var coder = context.MakeShown(component.Component("BoxCoder"), Surroundings.None);
        if (classifier is null || distanceLoss is null || coder is null)
        {
            return null;
        }

        var stretching = component.Integer("Stretching");
        var offsetCount = 2 * Sides * (((features.Size * stretching) + 1) / 2);
        var file = new SideAwareBoxHeadFile(
            context.Names,
            place.Suffix,
            layers.ToEquatableArray(),
            Convolutions("PreConvolutions"),
            Convolutions("PostConvolutions"),
            features.Shape,
            features.Channels,
            features.Size,
            stretching,
            classifier,
            classification.Code,
            coder,
            CSharpLiteral.Of(classification.LogitCount),
            classification.LogitMeaning,
            offsetCount
        );
        var parts = Layers(
                file,
                features,
                component.Component("Classifier").Name,
                ClassifierCost(component, width, classification.LogitCount)
            )
            .ToList();
        var part = new PartPlan(
            ObjectCode.New($"{context.Names.Name}BoxHead{place.Suffix}"),
            file,
            place.Passes.SelectMany(Rows).ToEquatableArray()
        )
        {
            Names = place.Passes.SelectMany(Names).ToEquatableArray(),
            Losses = place.Passes.Select(pass => classification.Row($"{HeadPlace.Module("bbox_head", pass)}loss_cls")).ToEquatableArray(),
        };
        LossTerm[] terms =
        [
            new("loss_bbox_cls", "Buckets of the positive regions' sides."),
            new("loss_bbox_reg", "Distances of these sides from the buckets' centres."),
        ];
        var loss = ObjectCode.New(
            Losses + "SideAwareBoxLoss",
            $"{distanceLoss.Construction}.forward",
            $"bucketWeight: {ValueCode.Of(component["BucketWeight"])}"
        );
        return new BoxHeadPlan(
            part,
            classification,
            loss,
            terms.ToEquatableArray(),
            coder,
            Agnostic: true,
            $"R x {classification.LogitCount}, R x {offsetCount}"
        );

        EquatableArray<SideConvolution> Convolutions(string property) =>
            Enumerable.Range(0, component.Integer(property)).Select(static index => new SideConvolution(index)).ToEquatableArray();

        IEnumerable<DescriptionRow> Rows(int? pass) =>
            parts.Select(layer => new DescriptionRow(
                HeadPlace.Module("bbox_head", pass) + layer.Name,
                layer.Kind,
                layer.Shape,
                layer.Cost.Repeated(regions)
            ));

        // Neither torchvision nor detectron2 has such a head.
        IEnumerable<LayerName> Names(int? pass) =>
            parts.Select(layer => new LayerName(
                HeadPlace.Module("bbox_head", pass) + layer.Name + (layer.IsBlock ? ".conv" : ""),
                null,
                null
            )
            {
                IsPerClass = layer.Name == Classes,
            });
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

    private static IEnumerable<Layer> Layers(SideAwareBoxHeadFile file, RoiFeatures features, string classifier, Cost classifierCost)
    {
        var (channels, cells) = (features.Channels, (long)features.Size * features.Size);
        foreach (var layer in file.Layers)
        {
            yield return new($"cls_fcs.{layer.Index}", "fully connected", $"R x {layer.Outputs}", Cost.Linear(layer.Inputs, layer.Outputs));
        }

        yield return new(Classes, classifier, $"R x {file.LogitCount}", classifierCost);
        foreach (var convolution in file.PreConvolutions)
        {
            yield return new(
                $"reg_pre_convs.{convolution.Index}",
                "3x3 convolution",
                features.Shape,
                Cost.Convolution(channels, channels, 3, true, cells).At("conv"),
                IsBlock: true
            );
        }

        yield return new(
            "reg_conv_att_x",
            "1x1 convolution",
            $"R x 1 x {features.Size} x {features.Size}",
            Cost.Convolution(channels, 1, 1, true, cells)
        );
        yield return new(
            "reg_conv_att_y",
            "1x1 convolution",
            $"R x 1 x {features.Size} x {features.Size}",
            Cost.Convolution(channels, 1, 1, true, cells)
        );
        foreach (var convolution in file.PostConvolutions)
        {
            yield return new(
                $"reg_post_conv_xs.{convolution.Index}",
                "1x3 convolution",
                $"R x {channels} x 1 x {features.Size}",
                Cost.Convolution(channels, channels, (1, 3), features.Size).At("conv"),
                IsBlock: true
            );
        }

        foreach (var convolution in file.PostConvolutions)
        {
            yield return new(
                $"reg_post_conv_ys.{convolution.Index}",
                "3x1 convolution",
                $"R x {channels} x {features.Size} x 1",
                Cost.Convolution(channels, channels, (3, 1), features.Size).At("conv"),
                IsBlock: true
            );
        }

        yield return new(
            "upsample_x",
            "transposed convolution",
            $"R x {channels} x {file.Positions}",
            Cost.Stretching(channels, file.Stretching, features.Size)
        );
        yield return new(
            "upsample_y",
            "transposed convolution",
            $"R x {channels} x {file.Positions}",
            Cost.Stretching(channels, file.Stretching, features.Size)
        );
        yield return new("fc_reg_cls", "fully connected", $"R x {file.OffsetCount / 2}", OfPositions());
        yield return new("fc_reg_offset", "fully connected", $"R x {file.OffsetCount / 2}", OfPositions());

        // One layer for the positions of both axes.
        Cost OfPositions() => Cost.Linear(channels, 1).Repeated(2L * file.Positions);
    }

    private sealed record Layer(string Name, string Kind, string Shape, Cost Cost, bool IsBlock = false);
}
