using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Shared fully connected layers with ReLU, then classifier and box regression (Faster R-CNN's "Shared2FC").</summary>
/// <remarks>
/// Parameter names: <c>roi_head.bbox_head.shared_fcs.i</c>, <c>fc_cls</c>, <c>fc_reg</c>. Source: mmdetection, convfc_bbox_head.py.
/// </remarks>
[Component]
public record FullyConnectedBoxHead : BoxHead
{
    /// <summary>Shared layers. Default 2.</summary>
    [Range(1, 8)]
    public int Layers { get; init; } = 2;

    /// <summary>Width of each shared layer. Default 1,024.</summary>
    [Range(1, 65536)]
    public int Width { get; init; } = 1024;
}
