using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Content-aware reassembly (Wang et al. 2019): each cell of the larger map is a mean over a window of the smaller one, with weights predicted from it.</summary>
/// <remarks>
/// A 1x1 convolution compresses the map, a second one yields the weights of every window, softmax makes them sum to 1.
/// Parameter names: <c>channel_compressor</c>, <c>content_encoder</c>. Source: mmcv, ops/carafe.py, CARAFEPack.
/// </remarks>
[Component]
public record Carafe : Upsampling
{
    /// <summary>Side of the window. Default 5.</summary>
    [AllowedValues(1, 3, 5, 7, 9)]
    public int Kernel { get; init; } = 5;

    /// <summary>Groups of channels with weights of their own; they divide the map's channels. Default 1.</summary>
    [Range(1, 4096)]
    public int Groups { get; init; } = 1;

    /// <summary>Side of the convolution that yields the weights. Default 3.</summary>
    [AllowedValues(1, 3, 5, 7, 9)]
    public int EncoderKernel { get; init; } = 3;

    /// <summary>Its dilation. Default 1.</summary>
    [Range(1, 64)]
    public int EncoderDilation { get; init; } = 1;

    /// <summary>Channels of the compressed map. Default 64.</summary>
    [Range(1, 4096)]
    public int CompressedChannels { get; init; } = 64;
}
