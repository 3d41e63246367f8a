using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>One anchor at every place that may hold an object's centre, of the shape that the network predicts there (Wang et al. 2019).</summary>
/// <remarks>
/// Every place has a square of side Scale x stride, from which its anchor's width and height are predicted. Features are adapted to the anchors' shapes by a deformable
/// convolution. Source: mmdetection, configs/guided_anchoring and guided_anchor_head.py.
/// </remarks>
/// <param name="Scale">Side of the square in strides. Default 8 (4 on a RetinaNet).</param>
/// <param name="ShapeStd">Std of the predicted logarithms of width and height over the square's. Default 0.14 (1 on a RetinaNet).</param>
[Component]
public record GuidedAnchoring(
    [Range(0.0, 1000.0, MinimumIsExclusive = true)] double Scale = 8.0,
    [Range(0.0, 100.0, MinimumIsExclusive = true)] double ShapeStd = 0.14
)
{
    /// <summary>
    /// Reference shapes of a place, by which it is assigned to an object: so many sides from the square's up to twice as much ... Default 3.
    /// </summary>
    [Range(1, 16)]
    public int ScalesPerOctave { get; init; } = 3;

    /// <summary>... in so many ratios height / width. Default: 0.5, 1, 2.</summary>
    [MinLength(1), Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public ValueList<double> Ratios { get; init; } = [0.5, 1.0, 2.0];

    /// <summary>Share of an object's width and height around its centre in which an anchor is to be. Default 0.2.</summary>
    [Range(0.0, 1.0), AtMost(nameof(IgnoredShare))]
    public double CentreShare { get; init; } = 0.2;

    /// <summary>Share of an object's width and height outside of which no anchor is to be; in between nothing is learnt. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    public double IgnoredShare { get; init; } = 0.5;

    /// <summary>Places whose probability is below this have no anchor at inference. Default 0.01.</summary>
    [Range(0.0, 1.0)]
    public double LocationThreshold { get; init; } = 0.01;

    /// <summary>Groups of channels that the adaption samples at places of their own. Default 4.</summary>
    [Range(1, 64)]
    public int OffsetGroups { get; init; } = 4;

    /// <summary>Which places learn a shape, by their best reference shape. Default: IoU 0.7 and above, negative below 0.3, every object keeps its best places of at least 0.3.</summary>
    public MaxIouAssigner Assigner { get; init; } = new(0.7, 0.3, 0.3);

    /// <summary>Which of these places the loss sees. Default: 256 per image, at most half of them positive; the negative ones count in its divisor.</summary>
    public BoxSampler Sampler { get; init; } = new RandomBoxSampler(256, 0.5);

    /// <summary>Loss of the places, divided by a 200th of their number. Default: focal loss.</summary>
    public SigmoidFocalLoss LocationLoss { get; init; } = new();

    /// <summary>Loss of the shapes, divided by the number of sampled places. Default: bounded IoU.</summary>
    public OverlapLoss ShapeLoss { get; init; } = new BoundedIouLoss();
}
