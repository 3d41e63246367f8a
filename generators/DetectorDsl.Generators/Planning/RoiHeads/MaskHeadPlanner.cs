using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Upsampling;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>Fully convolutional mask heads (Mask R-CNN, figure 4).</summary>
internal static class MaskHeadPlanner
{
    public static MaskHeadPlan? Plan(RoiFeatures features, HeadPlace place, PlanContext context)
    {
        var component = context.Spec.Component("MaskHead");
        if (!component.Info.Is("DetectorDsl.FcnMaskHead"))
        {
            context.Report(
                Problems.ComponentNotUsable(
                    component.Origin,
                    component.Name,
                    "mask heads of one's own are not supported; derive from FcnMaskHead"
                )
            );
            return null;
        }

        var (channels, count, size) = (component.Integer("Channels"), component.Integer("Layers"), features.Size);
        var agnostic = component.IsNull("ClassAgnostic") ? place.Agnostic : component.Truth("ClassAgnostic");
        var regions = context.Spec.Component("Detections").Integer("MaxPerImage");
        var masks = agnostic ? 1 : context.Classes;
        var cells = (long)size * size;
        var upsampling = UpsamplingPlanner.Plan(
            component.Component("Upsampling"),
            count == 0 ? features.Channels : channels,
            channels,
            cells,
            context
        );
        var loss = context.Make(component.Component("Loss"), new Surroundings().With("classes", context.Classes));
        if (
            upsampling is null
            || loss is null
            || !NormalizationPlan.TryOf(component, [channels], "the mask head", context, out var norm)
            || context.Make(
                component.Component("Predictor"),
                new Surroundings().With("inChannels", upsampling.Channels).With("outChannels", masks).With("classes", context.Classes)
            )
                is not { } predictor
        )
        {
            return null;
        }

        if (place.Flows && (count == 0 || channels != features.Channels))
        {
            // What flows from one mask head into the next is added to its features.
            context.Report(
                Problems.ChannelsDoNotMatch(
                    component.Origin,
                    component.Name,
                    $"{features.Channels}, which flow into the next pass",
                    component.Name,
                    count == 0 ? "no convolution" : CSharpLiteral.Of(channels)
                )
            );
            return null;
        }

        var layers = Enumerable
            .Range(0, count)
            .Select(index => new MaskLayer(index, index == 0 ? features.Channels : channels, channels, $"R x {channels} x {size} x {size}"))
            .ToArray();
        var file = new MaskHeadFile(
            context.Names,
            place.Flows,
            layers.ToEquatableArray(),
            features.Shape,
            channels,
            upsampling.Code,
            upsampling.Activation,
            predictor,
            $"R x {upsampling.Channels} x {2 * size} x {2 * size}",
            $"R x {masks} x {2 * size} x {2 * size}"
        )
        {
            NormCode = norm?.Code,
        };
        var part = new PartPlan(ObjectCode.New($"{context.Names.Name}MaskHead"), file, place.Passes.SelectMany(Rows).ToEquatableArray())
        {
            Names = place.Passes.SelectMany(pass => Names(component, upsampling, pass, count, agnostic, norm)).ToEquatableArray(),
        };
        return new MaskHeadPlan(part, features, loss, Targets(component.Component("Targets"), 2 * size), file.OutputShape);

        IEnumerable<DescriptionRow> Rows(int? pass)
        {
            var own = HeadPlace.Module("mask_head", pass);
            if (place.Flows && pass > 0)
            {
                var cost = ConvolutionBlocks.Cost(channels, channels, 1, norm, cells).Repeated(regions);
                yield return new DescriptionRow($"{own}conv_res", ConvolutionBlocks.Kind("1x1 convolution", norm), file.InnerShape, cost);
            }

            foreach (var layer in layers)
            {
                var cost = ConvolutionBlocks.Cost(layer.Inputs, layer.Outputs, 3, norm, cells).Repeated(regions);
                yield return new DescriptionRow(
                    $"{own}convs.{layer.Index}",
                    ConvolutionBlocks.Kind("3x3 convolution", norm),
                    layer.Shape,
                    cost
                );
            }

            yield return new DescriptionRow($"{own}upsample", upsampling.Kind, file.UpsampledShape, upsampling.Cost.Repeated(regions));
            yield return new DescriptionRow(
                $"{own}conv_logits",
                component.Component("Predictor").Name,
                file.OutputShape,
                PredictorCost(component, upsampling.Channels, masks, 4 * cells).Repeated(regions)
            );
        }
    }

    // torchvision, models/detection/mask_rcnn.py; detectron2, modeling/roi_heads/mask_head.py. Neither has a mask head for each pass of a cascade.
    private static IEnumerable<LayerName> Names(
        ComponentValue component,
        UpsamplingPlan upsampling,
        int? pass,
        int layers,
        bool agnostic,
        NormalizationPlan? norm
    )
    {
        var own = HeadPlace.Module("mask_head", pass);
        for (var layer = 0; layer < layers; layer++)
        {
            var counted = $"roi_heads.mask_head.mask_fcn{1 + layer}";
            foreach (
                var name in ConvolutionBlocks.Names($"{own}convs.{layer}", $"roi_heads.mask_head.{layer}", counted, norm, earlier: counted)
            )
            {
                yield return name;
            }
        }

        if (upsampling.Layers.Count == 0)
        {
            yield return new LayerName($"{own}upsample", "roi_heads.mask_predictor.conv5_mask", "roi_heads.mask_head.deconv");
        }

        foreach (var layer in upsampling.Layers)
        {
            yield return new LayerName($"{own}upsample.{layer}", null, null);
        }

        yield return component.Component("Predictor").Info.Is("DetectorDsl.Convolution")
            ? new LayerName(
                $"{own}conv_logits",
                agnostic ? null : "roi_heads.mask_predictor.mask_fcn_logits",
                "roi_heads.mask_head.predictor"
            )
            {
                TorchvisionRows = agnostic ? null : ClassRows.OfTorchvision(perClass: 1, keepsBackground: false),
                IsPerClass = !agnostic,
            }
            : new LayerName($"{own}conv_logits", null, null) { IsPerClass = !agnostic };
    }

    private static string Targets(ComponentValue targets, int size) =>
        $"size: {CSharpLiteral.Of(size)}, {ValueCode.Named("aligned", targets["Aligned"])}, {ValueCode.Named("binary", targets["Binary"])}";

    private static Cost PredictorCost(ComponentValue head, int inputs, int outputs, long cells) =>
        head.Component("Predictor").Info.Module is null ? Cost.Convolution(inputs, outputs, 1, true, cells) : Cost.Unknown;
}
