using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Region proposal network with guided anchors, GA-RPN (Wang et al. 2019).</summary>
/// <remarks>
/// Parameter names: <c>rpn_head.rpn_conv</c>, <c>conv_loc</c>, <c>conv_shape</c>, <c>feature_adaption.conv_offset</c>, <c>feature_adaption.conv_adaption</c>,
/// <c>conv_cls</c>, <c>conv_reg</c>. Source: mmdetection, ga_rpn_head.py and configs/guided_anchoring/ga_faster_r50_fpn_1x_coco.py.
/// </remarks>
[Component]
public record GuidedAnchorRpn : ProposalHead
{
    /// <summary>Channels of the 3x3 convolution and of the adapted features; null (default): those of the neck.</summary>
    [Range(1, 4096)]
    public int? Channels { get; init; }

    /// <summary>How anchors are placed and shaped.</summary>
    public GuidedAnchoring Anchoring { get; init; } = new();

    /// <summary>Which of the guided anchors are positive. Default: IoU 0.7 and above, negative below 0.3, every object keeps its best anchor of at least 0.3.</summary>
    public BoxAssigner Assigner { get; init; } = new MaxIouAssigner(0.7, 0.3, 0.3);

    /// <summary>Which anchors the losses see. Default: 256 per image, at most half of them positive.</summary>
    public BoxSampler Sampler { get; init; } = new RandomBoxSampler(256, 0.5);

    /// <summary>Form of the regression. Default: deltas with stds of 0.07 and 0.11.</summary>
    public BoxCoder BoxCoder { get; init; } = new DeltaBoxCoder(0.07, 0.11);

    /// <summary>Weight of the objectness loss (binary cross-entropy, divided by the number of sampled anchors). Default 1.</summary>
    [Range(0.0, 1000.0)]
    public double ObjectnessWeight { get; init; } = 1.0;

    /// <summary>Loss of the box offsets, divided by the number of sampled anchors. Default: smooth L1.</summary>
    public BoxLoss BoxLoss { get; init; } = new SmoothL1Loss();

    /// <summary>Proposals during training. Default: the best 2,000 of each level, suppressed at IoU 0.7, then the best 300 of the image.</summary>
    public ProposalSelection Training { get; init; } = new(2000, 300);

    /// <summary>Proposals at inference. Default: the best 1,000 of each level, suppressed at IoU 0.7, then the best 300 of the image.</summary>
    public ProposalSelection Inference { get; init; } = new(1000, 300);
}
