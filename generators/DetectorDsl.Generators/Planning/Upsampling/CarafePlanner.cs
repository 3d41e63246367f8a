using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.Upsampling;

/// <summary>Content-aware reassembly (Wang et al. 2019).</summary>
internal static class CarafePlanner
{
    private const int Factor = 2;

    /// <summary>Plans it; null, and a problem, where its groups do not divide the channels.</summary>
    /// <param name="component">The component.</param>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="cells">Cells of the map before it is enlarged.</param>
    /// <param name="context">The declaration.</param>
    public static UpsamplingPlan? Plan(ComponentValue component, int channels, long cells, PlanContext context)
    {
        var (kernel, groups, encoder, compressed) = (
            component.Integer("Kernel"),
            component.Integer("Groups"),
            component.Integer("EncoderKernel"),
            component.Integer("CompressedChannels")
        );
        if (channels % groups != 0)
        {
            context.Report(Problems.GroupsDoNotDivide(component["Groups"].Origin, "Groups", groups, channels, component.Name));
            return null;
        }

        if (context.Make(component, new Surroundings().With("channels", channels)) is not { } code)
        {
            return null;
        }

        var weights = Factor * Factor * kernel * kernel;
        var layer = new CompositeLayer(
            code,
            $"CARAFE, {kernel}x{kernel}",
            [
                new(
                    "channel_compressor",
                    new ConvolutionLayer(channels, compressed, 1) { Initial = InitialWeights.Xavier, Places = cells }
                ),
                new(
                    "content_encoder",
                    new ConvolutionLayer(compressed, weights * groups, encoder)
                    {
                        Dilation = component.Integer("EncoderDilation"),
                        Initial = InitialWeights.Normal(0.001),
                        Places = cells,
                    }
                ),
            ]
        )
        {
            FurtherWork = (long)weights * channels * cells,
        };
        return new UpsamplingPlan(layer, channels);
    }
}
