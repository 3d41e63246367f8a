using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>A branch that classifies every place of the image; what it knows is added to the features of all regions (Hybrid Task Cascade, section 3.4).</summary>
/// <remarks>
/// It learns C + 1 classes, background among them, from the objects' own masks: data sets of instances have no other maps, and a folder of maps such as
/// COCO-stuff's, which the paper trains on, is not read. With a thousand classes its logits are large. Parameter names: <c>roi_head.semantic_head</c>.
/// Source: mmdetection, fused_semantic_head.py and configs/htc/htc_r50_fpn_1x_coco.py.
/// </remarks>
[Component]
public record SemanticBranch
{
    /// <summary>Level of the pyramid, 0 for the finest, at whose size all levels are fused. Default 1: stride 8.</summary>
    [Range(0, 16)]
    public int Level { get; init; } = 1;

    /// <summary>3x3 convolutions. Default 4.</summary>
    [Range(0, 16)]
    public int Layers { get; init; } = 4;

    /// <summary>Weight of the cross-entropy over all cells. Default 0.2.</summary>
    [Range(0.0, 1000.0)]
    public double LossWeight { get; init; } = 0.2;
}
