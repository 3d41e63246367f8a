namespace DetectorDsl;

/// <summary>One pass over the proposals (Mask R-CNN).</summary>
/// <remarks>
/// Source: mmdetection, standard_roi_head.py.
/// </remarks>
[Component]
public record StandardRoiHead : RoiHead
{
    /// <summary>
    /// Which proposals are positive. Null (default): those of IoU 0.5 and above; in a detector with a mask head, each object keeps its best proposals, too, which then
    /// are its own even where they overlap another object more (mmdetection, mask-rcnn_r50_fpn.py and faster-rcnn_r50_fpn.py).
    /// </summary>
    public BoxAssigner? Assigner { get; init; }

    /// <summary>Which proposals the losses see. Default: 512 per image, at most a quarter positive, ground truth added.</summary>
    public virtual BoxSampler Sampler { get; init; } = new RandomBoxSampler(512, 0.25, AddGroundTruth: true);
}
