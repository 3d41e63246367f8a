namespace DetectorDsl;

/// <summary>One pass over the proposals (Mask R-CNN).</summary>
/// <remarks>
/// Source: mmdetection, standard_roi_head.py.
/// </remarks>
[Component]
public record StandardRoiHead : RoiHead
{
    /// <summary>Which proposals are positive. Default: IoU 0.5 and above, with low-quality matching.</summary>
    public BoxAssigner Assigner { get; init; } = new MaxIouAssigner(0.5, 0.5, 0.5);

    /// <summary>Which proposals the losses see. Default: 512 per image, at most a quarter positive, ground truth added.</summary>
    public virtual BoxSampler Sampler { get; init; } = new RandomBoxSampler(512, 0.25, AddGroundTruth: true);
}
