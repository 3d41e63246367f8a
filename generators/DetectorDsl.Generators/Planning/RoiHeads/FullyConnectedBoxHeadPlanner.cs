using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Classification;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>Box heads of shared fully connected layers (Faster R-CNN on FPN), with or without convolutions in front.</summary>
internal sealed class FullyConnectedBoxHeadPlanner : BoxHeadPlanner
{
    protected override string Component => "DetectorDsl.FullyConnectedBoxHead";

    protected override BoxHeadPlan? Plan(ComponentValue component, RoiFeatures features, int regions, HeadPlace place, PlanContext context)
    {
        if (
            ClassificationPlanner.Plan(component, isDense: false, context) is not { } classification
            || !BoxForms.IsOfFourNumbers(component, context)
            || !NormalizationPlan.TryOf(component, [component.Integer("Channels")], "the box head", context, out var norm)
            || Parts(component, classification, context) is not { } parts
        )
        {
            return null;
        }

        var agnostic = component.IsNull("ClassAgnostic") ? place.Agnostic : component.Truth("ClassAgnostic");
        var offsetCount = BoxForms.Numbers(component.Component("BoxCoder")) * (agnostic ? 1 : context.Classes);
        var convolutions = Convolutions(component, features, norm, regions);
        var linear = FullyConnected(component, (convolutions.LastOrDefault()?.Outputs ?? features.Channels) * features.Area, regions);
        var file = new BoxHeadFile(
            context.Names,
            place.Suffix,
            Layers(place.Passes[0]).Code,
            linear.Select(FullyConnectedLayer.Of).ToEquatableArray(),
            features.Shape,
            classification.Code,
            parts.Coder,
            CSharpLiteral.Of(classification.LogitCount),
            classification.LogitMeaning,
            offsetCount,
            agnostic ? "one box per region" : $"one box for each of {context.Classes} classes"
        )
        {
            ConvolvedShape = convolutions.LastOrDefault()?.Shape ?? "",
        };
        return new BoxHeadPlan(
            Part(file, place, Layers, context),
            classification,
            parts.BoxLoss,
            [new LossTerm("loss_bbox", "Offsets of the positive regions.")],
            parts.Coder,
            agnostic,
            $"R x {classification.LogitCount}, R x {offsetCount}"
        );

        ModuleLayers Layers(int? pass)
        {
            var names = new BoxHeadNames(pass);
            var regressor = new LinearLayer(component.Integer("Width"), offsetCount)
            {
                Initial = InitialWeights.Normal(0.001),
                Places = regions,
                Shape = $"R x {offsetCount}",
                IsPerClass = !agnostic,
                Elsewhere = names.Regressor(agnostic),
            };
            var blocks = convolutions.Select(
                (convolution, index) =>
                    ConvolutionBlocks.Of(convolution, norm, names.TorchvisionConvolution(index), names.Detectron2Convolution(index))
            );
            return new(
                HeadPlace.Module("bbox_head", pass),
                [
                    .. convolutions.Count == 0 ? [] : new[] { LayerField.List("shared_convs", ConvolutionBlocks.Type, blocks) },
                    LayerField.List(
                        "shared_fcs",
                        LinearLayer.ClassName,
                        linear.Select((layer, index) => layer with { Elsewhere = names.Linear(convolutions.Count, index) })
                    ),
                    LayerField.Of(
                        "fc_cls",
                        Classifier(component, parts, regions) with
                        {
                            Elsewhere = names.Classifier(component.Component("Classifier"), classification.FurtherLogits),
                        }
                    ),
                    LayerField.Of("fc_reg", regressor),
                    classification.Field,
                ]
            );
        }
    }

    private static List<ConvolutionLayer> Convolutions(ComponentValue head, RoiFeatures features, NormalizationPlan? norm, int regions)
    {
        var channels = head.Integer("Channels");
        return
        [
            .. Enumerable
                .Range(0, head.Integer("Convolutions"))
                .Select(index => new ConvolutionLayer(index == 0 ? features.Channels : channels, channels, 3)
                {
                    HasBias = norm is null,
                    Activation = Activation.Relu,
                    Places = (long)features.Area * regions,
                    Shape = $"R x {channels} x {features.Size} x {features.Size}",
                }),
        ];
    }
}
