using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Region proposal network (Ren et al. 2015): 3x3 convolutions, then objectness and box offsets per anchor.</summary>
/// <remarks>
/// Parameter names: <c>rpn_head.rpn_conv</c>, <c>rpn_cls</c>, <c>rpn_reg</c>. Source: mmdetection, configs/_base_/models/mask-rcnn_r50_fpn.py.
/// </remarks>
[Component]
public record Rpn : ProposalHead
{
    /// <summary>Channels of the 3x3 convolutions; null (default): those of the neck.</summary>
    [Range(1, 4096)]
    public int? Channels { get; init; }

    /// <summary>
    /// 3x3 convolutions, each with ReLU. Default 1, under the name <c>rpn_conv</c>; of several the names are <c>rpn_conv.0.conv</c>,
    /// <c>rpn_conv.1.conv</c> ...
    /// (mmdetection's <c>num_convs</c>).
    /// </summary>
    [Range(1, 8)]
    public int Layers { get; init; } = 1;

    /// <summary>The anchors.</summary>
    public AnchorGrid Anchors { get; init; } = new();

    /// <summary>Which anchors are positive. Default: IoU 0.7 and above, negative below 0.3, every object keeps its best anchor of at least 0.3.</summary>
    public BoxAssigner Assigner { get; init; } = new MaxIouAssigner(0.7, 0.3, 0.3);

    /// <summary>How far beyond the image, in pixels, an anchor may reach that takes part in training; -1 (default): there is no such bound.</summary>
    [Range(-1, 100000)]
    public int AllowedBorder { get; init; } = -1;

    /// <summary>Which anchors the losses see. Default: 256 per image, at most half of them positive.</summary>
    public BoxSampler Sampler { get; init; } = new RandomBoxSampler(256, 0.5);

    /// <summary>
    /// Whether losses are divided by the number of sampled anchors as it is (torchvision), or an image counts there as at least one positive and one negative
    /// (false, default; mmdetection, anchor_head.py).
    /// </summary>
    public bool ExactDivisor { get; init; }

    /// <summary>Form of the regression. Default: deltas with stds of 1.</summary>
    public BoxCoder BoxCoder { get; init; } = new DeltaBoxCoder();

    /// <summary>Weight of the objectness loss (binary cross-entropy, divided by the number of sampled anchors). Default 1.</summary>
    [Range(0.0, 1000.0)]
    public double ObjectnessWeight { get; init; } = 1.0;

    /// <summary>Loss of the box offsets, divided by the number of sampled anchors. Default: L1.</summary>
    public BoxLoss BoxLoss { get; init; } = new L1Loss();

    /// <summary>Proposals during training. Default: the best 2,000 of each level, suppressed at IoU 0.7, then the best 1,000 of the image.</summary>
    public ProposalSelection Training { get; init; } = new(2000, 1000);

    /// <summary>Proposals at inference. Default: the best 1,000 of each level, suppressed at IoU 0.7, then the best 1,000 of the image.</summary>
    public ProposalSelection Inference { get; init; } = new(1000, 1000);
}
