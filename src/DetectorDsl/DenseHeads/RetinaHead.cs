using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>RetinaNet's head: two towers of 3x3 convolutions, then class logits and box offsets per anchor, shared by all levels.</summary>
/// <remarks>
/// Parameter names: <c>bbox_head.cls_convs.i.conv</c>, <c>reg_convs.i.conv</c> (with <c>gn</c> where normalised), <c>retina_cls</c>,
/// <c>retina_reg</c>. Source: RetinaNet, section 4; mmdetection, retina_head.py.
/// </remarks>
[Component]
public record RetinaHead : DenseHead
{
    /// <summary>Groups of the normalisation after each convolution of the towers, which then has no bias; 0 (default) for none.</summary>
    [Range(0, 1024)]
    public int NormGroups { get; init; }

    /// <summary>The anchors. Default: sides 4, 4 x 2^(1/3) and 4 x 2^(2/3) strides, three ratios.</summary>
    public AnchorGrid Anchors { get; init; } = new() { Scales = [4, 5.039684199579493, 6.3496042078727974] };

    /// <summary>Which anchors are positive. Default: IoU 0.5 and above, negative below 0.4, every object keeps its best anchors.</summary>
    public BoxAssigner Assigner { get; init; } = new MaxIouAssigner(0.5, 0.4, 0.0);

    /// <summary>Form of the regression. Default: deltas with stds of 1.</summary>
    public BoxCoder BoxCoder { get; init; } = new DeltaBoxCoder();

    /// <summary>Loss of the offsets of positive anchors. Default: L1.</summary>
    public BoxLoss BoxLoss { get; init; } = new L1Loss();

    /// <summary>
    /// Loss of the positive anchors' decoded boxes, in place of <see cref="BoxLoss" />, which is not used then (mmdetection's
    /// <c>reg_decoded_bbox</c>; torchvision's second
    /// RetinaNet). It does not go with <see cref="Regression" />. Null (default): there is none.
    /// </summary>
    public OverlapLoss? OverlapLoss { get; init; }

    /// <summary>Weights of positive anchors in the classification loss by the fit of their predicted boxes (PISA's ISR-P). Null (default): all weigh the same.</summary>
    public PositiveReweighting? Reweighting { get; init; }

    /// <summary>A second box loss in which positive anchors weigh by the score of their class (PISA's CARL). Null (default): there is none.</summary>
    public ClassAwareRegression? Regression { get; init; }

    /// <summary>
    /// What losses are divided by: the positive anchors of the whole batch (false, default; mmdetection), or those of each image, and then by the number of images
    /// (true; torchvision, retinanet.py). An image without any counts as one.
    /// </summary>
    public bool NormalizePerImage { get; init; }
}
