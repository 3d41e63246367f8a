using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>
/// Shared fully connected layers with ReLU, then classifier and box regression (Faster R-CNN's "Shared2FC"); on request behind shared 3x3
/// convolutions ("Shared4Conv1FC").
/// </summary>
/// <remarks>
/// Parameter names: <c>roi_head.bbox_head.shared_convs.i.conv</c> (with <c>bn</c> or <c>gn</c> where normalised), <c>shared_fcs.i</c>,
/// <c>fc_cls</c>, <c>fc_reg</c>.
/// Source: mmdetection, convfc_bbox_head.py.
/// </remarks>
[Component]
public record FullyConnectedBoxHead : BoxHead
{
    /// <summary>Shared 3x3 convolutions with ReLU in front. Default 0.</summary>
    [Range(0, 16)]
    public int Convolutions { get; init; }

    /// <summary>Channels of each of them. Default 256.</summary>
    [Range(1, 4096)]
    public int Channels { get; init; } = 256;

    /// <summary>Normalisation between each of them and its ReLU; the convolution then has no bias. Null (default) for none.</summary>
    public Normalization? Norm { get; init; }

    /// <summary>Shared fully connected layers. Default 2.</summary>
    [Range(1, 8)]
    public int Layers { get; init; } = 2;

    /// <summary>Width of each shared layer. Default 1,024.</summary>
    [Range(1, 65536)]
    public int Width { get; init; } = 1024;
}
