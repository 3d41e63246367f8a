using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
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
        var upsampling = UpsamplingPlanner.Plan(
            component.Component("Upsampling"),
            count == 0 ? features.Channels : channels,
            channels,
            (long)features.Area * regions,
            MaskHeadNames.Upsampling,
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

        var local = norm is null ? null : norm with { Code = "norm" };
        var enlarged = $"R x {upsampling.Channels} x {2 * size} x {2 * size}";
        var logits = $"R x {masks} x {2 * size} x {2 * size}";
        var file = new MaskHeadFile(
            context.Names,
            place.Flows,
            Layers(place.Passes[0], place.Flows).Code,
            Enumerable.Range(0, count).Select(index => new MaskLayer(index, Convolution(index, 3).Shape)).ToEquatableArray(),
            features.Shape,
            upsampling.Activation,
            enlarged,
            logits
        )
        {
            NormCode = norm?.Code,
        };
        var part = PartPlan.Of(
            ObjectCode.New($"{context.Names.Name}MaskHead"),
            file,
            place.Passes.Select(pass => Layers(pass, place.Flows && pass > 0))
        );
        return new MaskHeadPlan(part, features, loss, Targets(component.Component("Targets"), 2 * size), logits);

        ModuleLayers Layers(int? pass, bool follows) =>
            new(
                HeadPlace.Module("mask_head", pass),
                [
                    LayerField.List("convs", ConvolutionBlocks.Type, Enumerable.Range(0, count).Select(Block)),
                    LayerField.Of("upsample", upsampling.Layer with { Shape = enlarged }),
                    LayerField.Of("conv_logits", Predictor()),
                    .. follows
                        ? [LayerField.Of("conv_res", ConvolutionBlocks.Of(Convolution(1, 1), local)) with { Condition = "follows" }]
                        : Array.Empty<LayerField>(),
                ]
            );

        ConvolutionLayer Convolution(int index, Window kernel) =>
            new(index == 0 ? features.Channels : channels, channels, kernel)
            {
                HasBias = norm is null,
                Activation = Activation.Relu,
                Places = (long)features.Area * regions,
                Shape = $"R x {channels} x {size} x {size}",
            };

        CompositeLayer Block(int index)
        {
            var (torchvision, counted) = MaskHeadNames.Convolution(index);
            return ConvolutionBlocks.Of(Convolution(index, 3), local, torchvision, counted, earlier: counted);
        }

        LeafLayer Predictor()
        {
            var own = component.Component("Predictor");
            LeafLayer layer = own.Info.Module is null
                ? new ConvolutionLayer(upsampling.Channels, masks, 1) { Code = predictor, Kind = own.Name }
                : new OwnLayer(predictor, own.Name);
            return layer with
            {
                Places = 4L * features.Area * regions,
                Shape = logits,
                IsPerClass = !agnostic,
                Elsewhere = MaskHeadNames.Predictor(own, agnostic),
            };
        }
    }

    private static string Targets(ComponentValue targets, int size) =>
        $"size: {CSharpLiteral.Of(size)}, {ValueCode.Named("aligned", targets["Aligned"])}, {ValueCode.Named("binary", targets["Binary"])}";
}
