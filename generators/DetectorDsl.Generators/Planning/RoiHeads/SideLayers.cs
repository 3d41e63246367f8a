using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>The layers of a side-aware box head that find a box's sides: along each axis, averaged over the other.</summary>
internal sealed class SideLayers(ComponentValue head, RoiFeatures features, int regions)
{
    private readonly int channels = features.Channels;
    private readonly int stretching = head.Integer("Stretching");

    /// <summary>Positions along an axis, as many as buckets.</summary>
    public int Positions => features.Size * stretching;

    /// <summary>Numbers of all sides.</summary>
    public int OffsetCount => BoxForms.Numbers(head.Component("BoxCoder"));

    public IEnumerable<LayerField> Fields =>
        [
            Blocks("reg_pre_convs", "PreConvolutions", 3, features.Area, features.Shape),
            LayerField.Of("reg_conv_att_x", Attention),
            LayerField.Of("reg_conv_att_y", Attention),
            Blocks("reg_post_conv_xs", "PostConvolutions", new(1, 3), features.Size, $"R x {channels} x 1 x {features.Size}"),
            Blocks("reg_post_conv_ys", "PostConvolutions", new(3, 1), features.Size, $"R x {channels} x {features.Size} x 1"),
            LayerField.Of("upsample_x", Stretching),
            LayerField.Of("upsample_y", Stretching),
            LayerField.Of("fc_reg_cls", OfPositions(0.01)),
            LayerField.Of("fc_reg_offset", OfPositions(0.001)),
        ];

    private ConvolutionLayer Attention =>
        new(channels, 1, 1)
        {
            Initial = InitialWeights.Normal(0.01),
            Places = (long)features.Area * regions,
            Shape = $"R x 1 x {features.Size} x {features.Size}",
        };

    private StretchingLayer Stretching =>
        new(channels, stretching)
        {
            Activation = Activation.Relu,
            Places = (long)features.Size * regions,
            Shape = $"R x {channels} x {Positions}",
        };

    /// <summary>One layer for the positions of both axes.</summary>
    private LinearLayer OfPositions(double std) =>
        new(channels, 1)
        {
            Initial = InitialWeights.Normal(std),
            Places = 2L * Positions * regions,
            Shape = $"R x {OffsetCount / 2}",
        };

    private LayerField Blocks(string name, string count, Window kernel, long cells, string shape)
    {
        var block = ConvolutionBlocks.Of(
            new ConvolutionLayer(channels, channels, kernel)
            {
                Activation = Activation.Relu,
                Places = cells * regions,
                Shape = shape,
            },
            norm: null
        );
        return LayerField.List(name, ConvolutionBlocks.Type, Enumerable.Repeat(block, head.Integer(count)));
    }
}
