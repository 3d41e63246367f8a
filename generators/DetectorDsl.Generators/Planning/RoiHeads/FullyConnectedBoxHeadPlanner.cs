using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Classification;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>Box heads of shared fully connected layers (Faster R-CNN on FPN).</summary>
internal sealed class FullyConnectedBoxHeadPlanner : BoxHeadPlanner
{
    protected override string Component => "DetectorDsl.FullyConnectedBoxHead";

    protected override BoxHeadPlan? Plan(ComponentValue component, RoiFeatures features, int regions, HeadPlace place, PlanContext context)
    {
        var (convolutions, channels) = (component.Integer("Convolutions"), component.Integer("Channels"));
        if (
            ClassificationPlanner.Plan(component, isDense: false, context) is not { } classification
            || !BoxForms.IsOfFourNumbers(component, context)
            || !NormalizationPlan.TryOf(component, [channels], "the box head", context, out var norm)
        )
        {
            return null;
        }

        var cells = (long)features.Size * features.Size;
        var (inputs, width) = (From(convolutions) * features.Size * features.Size, component.Integer("Width"));
        var convolved = $"R x {channels} x {features.Size} x {features.Size}";
        var layers = Enumerable
            .Range(0, component.Integer("Layers"))
            .Select(index => new FullyConnectedLayer(index, index == 0 ? inputs : width, width))
            .ToArray();
        var agnostic = component.IsNull("ClassAgnostic") ? place.Agnostic : component.Truth("ClassAgnostic");
        var (logitCount, offsetCount) = (classification.LogitCount, agnostic ? 4 : 4 * context.Classes);
        var classifier = Classifier(component, width, logitCount, context);
        var boxLoss = context.Make(component.Component("BoxLoss"), new Surroundings().With("classes", context.Classes));
        var coder = context.MakeShown(component.Component("BoxCoder"), Surroundings.None);
        if (classifier is null || boxLoss is null || coder is null)
        {
            return null;
        }

        var file = new BoxHeadFile(
            context.Names,
            place.Suffix,
            layers.ToEquatableArray(),
            features.Shape,
            width,
            classifier,
            classification.Code,
            coder,
            CSharpLiteral.Of(logitCount),
            classification.LogitMeaning,
            offsetCount,
            agnostic ? "one box per region" : $"one box for each of {context.Classes} classes"
        )
        {
            Blocks = Enumerable.Range(0, convolutions).Select(Block).ToEquatableArray(),
            ConvolvedShape = convolved,
        };
        var part = new PartPlan(
            ObjectCode.New($"{context.Names.Name}BoxHead{place.Suffix}"),
            file,
            place.Passes.SelectMany(Rows).ToEquatableArray()
        )
        {
            Names = place.Passes.SelectMany(Layers).ToEquatableArray(),
            Losses = place.Passes.Select(pass => classification.Row($"{HeadPlace.Module("bbox_head", pass)}loss_cls")).ToEquatableArray(),
        };
        return new BoxHeadPlan(
            part,
            classification,
            boxLoss,
            [new LossTerm("loss_bbox", "Offsets of the positive regions.")],
            coder,
            agnostic,
            $"R x {logitCount}, R x {offsetCount}"
        );

        // What the convolutions, and after them the layers, take.
        int From(int convolution) => convolution == 0 ? features.Channels : channels;

        string Block(int index) =>
            ConvolutionBlocks.Construction(
                $"Initialize.KaimingConvolution({CSharpLiteral.Of(From(index))}, {CSharpLiteral.Of(channels)}, kernel: 3",
                norm
            );

        IEnumerable<LayerName> Layers(int? pass) =>
            [
                .. Convolutions(pass, convolutions, norm),
                .. Names(component, pass, convolutions, layers.Length, logitCount - context.Classes, agnostic),
            ];

        IEnumerable<DescriptionRow> Rows(int? pass)
        {
            var own = HeadPlace.Module("bbox_head", pass);
            for (var index = 0; index < convolutions; index++)
            {
                var cost = ConvolutionBlocks.Cost(From(index), channels, 3, norm, cells).Repeated(regions);
                yield return new DescriptionRow(
                    $"{own}shared_convs.{index}",
                    ConvolutionBlocks.Kind("3x3 convolution", norm),
                    convolved,
                    cost
                );
            }

            foreach (var layer in layers)
            {
                yield return new DescriptionRow(
                    $"{own}shared_fcs.{layer.Index}",
                    "fully connected",
                    $"R x {width}",
                    Cost.Linear(layer.Inputs, width).Repeated(regions)
                );
            }

            yield return new DescriptionRow(
                $"{own}fc_cls",
                component.Component("Classifier").Name,
                $"R x {logitCount}",
                ClassifierCost(component, width, logitCount).Repeated(regions)
            );
            yield return new DescriptionRow(
                $"{own}fc_reg",
                "fully connected",
                $"R x {offsetCount}",
                Cost.Linear(width, offsetCount).Repeated(regions)
            );
        }
    }

    // torchvision, models/detection/faster_rcnn.py, which has no cascade; detectron2, modeling/roi_heads/box_head.py, fast_rcnn.py and cascade_rcnn.py.
    private static IEnumerable<LayerName> Names(
        ComponentValue component,
        int? pass,
        int convolutions,
        int layers,
        int extraLogits,
        bool agnostic
    )
    {
        var own = HeadPlace.Module("bbox_head", pass);
        var inner = Inner(pass);
        for (var layer = 0; layer < layers; layer++)
        {
            var torchvision = pass is null ? TorchvisionLayer(convolutions, layer) : null;
            yield return new LayerName($"{own}shared_fcs.{layer}", torchvision, $"roi_heads.box_head.{inner}fc{1 + layer}");
        }

        // Neither has a classifier by direction, nor one with an objectness of its own: its rows would mean something else.
        if (component.Component("Classifier").Info.Is("DetectorDsl.Linear") && extraLogits < 2)
        {
            yield return new LayerName(
                $"{own}fc_cls",
                pass is null ? "roi_heads.box_predictor.cls_score" : null,
                $"roi_heads.box_predictor.{inner}cls_score"
            )
            {
                TorchvisionRows = pass is null ? ClassRows.OfTorchvision(perClass: 1, keepsBackground: extraLogits == 1) : null,
                Detectron2Rows = ClassRows.OfDetectron2Logits(keepsBackground: extraLogits == 1),
                IsPerClass = true,
            };
        }
        else
        {
            yield return new LayerName($"{own}fc_cls", null, null) { IsPerClass = true };
        }

        var hasTorchvision = !agnostic && pass is null;
        yield return new LayerName(
            $"{own}fc_reg",
            hasTorchvision ? "roi_heads.box_predictor.bbox_pred" : null,
            $"roi_heads.box_predictor.{inner}bbox_pred"
        )
        {
            TorchvisionRows = hasTorchvision ? ClassRows.OfTorchvision(perClass: 4, keepsBackground: false) : null,
            IsPerClass = !agnostic,
        };
    }

    private static IEnumerable<LayerName> Convolutions(int? pass, int convolutions, NormalizationPlan? norm) =>
        Enumerable
            .Range(0, convolutions)
            .SelectMany(index =>
                ConvolutionBlocks.Names(
                    $"{HeadPlace.Module("bbox_head", pass)}shared_convs.{index}",
                    pass is null ? $"roi_heads.box_head.{index}" : null,
                    $"roi_heads.box_head.{Inner(pass)}conv{1 + index}",
                    norm
                )
            );

    private static string Inner(int? pass) => pass is { } number ? $"{number}." : "";

    // TwoMLPHead has fc6 and fc7; FastRCNNConvFCHead counts its convolutions, the flattening, and layers with a ReLU behind each.
    private static string? TorchvisionLayer(int convolutions, int layer) =>
        (convolutions, layer) switch
        {
            (> 0, _) => $"roi_heads.box_head.{convolutions + 1 + (2 * layer)}",
            (_, < 2) => $"roi_heads.box_head.fc{6 + layer}",
            _ => null,
        };
}
