using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Several passes over the regions, each on what the one before refined and with heads of its own (Cai and Vasconcelos 2018).</summary>
/// <remarks>
/// The detector's box head, and mask head where it has one, are the templates of every pass's: boxes are class-agnostic where the template does not say. No gradient
/// flows from pass to pass; objects' own boxes, which every pass adds, are not handed on. At inference the logits of all passes are averaged before they become
/// scores, boxes are the last pass's, and masks the mean of all passes'. Parameter names: <c>roi_head.bbox_head.0</c>, <c>roi_head.mask_head.0</c> and so on;
/// names of losses begin with <c>s0.</c>, <c>s1.</c> ... Source: mmdetection, cascade_roi_head.py and configs/_base_/models/cascade-mask-rcnn_r50_fpn.py.
/// </remarks>
[Component]
public record Cascade : RoiHead
{
    /// <summary>The passes. Default: three at IoU 0.5, 0.6 and 0.7, with ever smaller stds and weights of 1, 0.5 and 0.25.</summary>
    [Length(1, 9)]
    public ValueList<CascadeStage> Stages { get; init; } =
    [
        new(0.5, new DeltaBoxCoder(0.1, 0.2)),
        new(0.6, new DeltaBoxCoder(0.05, 0.1), LossWeight: 0.5),
        new(0.7, new DeltaBoxCoder(0.033, 0.067), LossWeight: 0.25),
    ];

    /// <summary>Whether each object keeps its best regions, of the pass's overlap or more, which then are its own even where they overlap another object more. Default false.</summary>
    public virtual bool MatchLowQuality { get; init; }

    /// <summary>Which regions the losses of each pass see. Default: 512 per image, at most a quarter positive, ground truth added.</summary>
    public BoxSampler Sampler { get; init; } = new RandomBoxSampler(512, 0.25, AddGroundTruth: true);
}
