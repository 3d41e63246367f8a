using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>3x3 convolutions with ReLU, an up-sampling that doubles the size, and the predictor (Mask R-CNN, figure 4).</summary>
/// <remarks>
/// Parameter names: <c>roi_head.mask_head.convs.i.conv</c>, <c>upsample</c>, <c>conv_logits</c>. Source: mmdetection, fcn_mask_head.py.
/// </remarks>
[Component]
public record FcnMaskHead : MaskHead
{
    /// <summary>3x3 convolutions. Default 4.</summary>
    [Range(0, 16)]
    public int Layers { get; init; } = 4;

    /// <summary>Channels of each convolution. Default 256.</summary>
    [Range(1, 4096)]
    public int Channels { get; init; } = 256;

    /// <summary>
    /// Normalisation between each of them and its ReLU; the convolution then has no bias. Null (default) for none. Its name:
    /// <c>convs.i.bn</c> (or <c>gn</c>).
    /// </summary>
    public Normalization? Norm { get; init; }

    /// <summary>How the size is doubled. Default: a transposed convolution with ReLU.</summary>
    public Upsampling Upsampling { get; init; } = new TransposedConvolution();
}
