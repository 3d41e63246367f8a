using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Box head that finds each side of a box by itself (SABL, Wang et al. 2020): fully connected layers for the classes, convolutions and an attention over each axis for the sides.</summary>
/// <remarks>
/// One box for all classes. Losses: <c>loss_bbox_cls</c>, binary cross-entropy of the buckets over the regions and four sides; <c>loss_bbox_reg</c>, that of the distances.
/// Parameter names: <c>roi_head.bbox_head.cls_fcs.i</c>, <c>fc_cls</c>, <c>reg_pre_convs.i.conv</c>, <c>reg_conv_att_x</c> and <c>_y</c>, <c>reg_post_conv_xs.i.conv</c> and <c>_ys</c>,
/// <c>upsample_x</c> and <c>_y</c>, <c>fc_reg_cls</c>, <c>fc_reg_offset</c>. Source: mmdetection, sabl_head.py and configs/sabl, where the classes are always a softmax of C + 1;
/// here every classification loss and classifier fits.
/// </remarks>
[Component]
public record SideAwareBoxHead : BoxHead
{
    /// <summary>Fully connected layers with ReLU before the classifier. Default 1.</summary>
    [Range(1, 8)]
    public int Layers { get; init; } = 1;

    /// <summary>Width of each of them. Default 1,024.</summary>
    [Range(1, 65536)]
    public int Width { get; init; } = 1024;

    /// <summary>3x3 convolutions before the attention. Default 2.</summary>
    [Range(1, 8)]
    public int PreConvolutions { get; init; } = 2;

    /// <summary>Convolutions of three cells along each axis after the attention. Default 1.</summary>
    [Range(1, 8)]
    public int PostConvolutions { get; init; } = 1;

    /// <summary>Positions along an axis for each cell of the features; their number is that of the buckets. Default 2.</summary>
    [Range(2, 16)]
    public int Stretching { get; init; } = 2;

    /// <summary>Weight of the buckets' loss. Default 1.</summary>
    [Range(0.0, 1000.0)]
    public double BucketWeight { get; init; } = 1.0;

    /// <summary>Loss of the sides' distances, divided by the number of all sampled regions. Default: smooth L1 with beta 0.1.</summary>
    public override BoxLoss BoxLoss { get; init; } = new SmoothL1Loss(Beta: 0.1);

    /// <summary>Form of the regression: a <see cref="BucketBoxCoder" />. Default: 14 buckets over a region widened by 1.7.</summary>
    public override BoxCoder BoxCoder { get; init; } = new BucketBoxCoder();
}
