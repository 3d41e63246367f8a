namespace DetectorDsl;

/// <summary>RetinaNet's head with guided anchors (Wang et al. 2019): the class tower says where, the box tower of which shape anchors are.</summary>
/// <remarks>
/// Parameter names: <c>bbox_head.cls_convs.i.conv</c>, <c>reg_convs.i.conv</c>, <c>conv_loc</c>, <c>conv_shape</c>, <c>feature_adaption_cls</c>, <c>feature_adaption_reg</c>,
/// <c>retina_cls</c>, <c>retina_reg</c>. Source: mmdetection, ga_retina_head.py and configs/guided_anchoring/ga_retinanet_r50_fpn_1x_coco.py.
/// </remarks>
[Component]
public record GuidedAnchorRetinaHead : DenseHead
{
    /// <summary>How anchors are placed and shaped. Default: squares of 4 strides, std 1, places positive from IoU 0.5 and negative below 0.4.</summary>
    public GuidedAnchoring Anchoring { get; init; } = new(Scale: 4, ShapeStd: 1) { Assigner = new MaxIouAssigner(0.5, 0.4, 0.4) };

    /// <summary>Which of the guided anchors are positive. Default: IoU 0.5 and above, negative below 0.5, every object keeps its best anchors.</summary>
    public BoxAssigner Assigner { get; init; } = new MaxIouAssigner(0.5, 0.5, 0.0);

    /// <summary>Form of the regression. Default: deltas with stds of 1.</summary>
    public BoxCoder BoxCoder { get; init; } = new DeltaBoxCoder();

    /// <summary>Loss of the offsets of positive anchors. Default: smooth L1, beta 0.04.</summary>
    public BoxLoss BoxLoss { get; init; } = new SmoothL1Loss(Beta: 0.04);
}
