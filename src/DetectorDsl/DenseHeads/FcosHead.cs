using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>FCOS's head: two towers of 3x3 convolutions, then class logits, four distances and a centre-ness per location, shared by all levels.</summary>
/// <remarks>
/// Parameter names: <c>bbox_head.cls_convs.i.conv</c>, <c>reg_convs.i.conv</c> (with <c>gn</c> where normalised), <c>conv_cls</c>, <c>conv_reg</c>, <c>conv_centerness</c>, <c>scales.i.scale</c>.
/// Source: FCOS, section 3; mmdetection, fcos_head.py; torchvision, fcos.py.
/// </remarks>
[Component]
public record FcosHead : DenseHead
{
    /// <summary>Groups of the normalisation after each convolution of the towers; 0 for none. Default 32.</summary>
    [Range(0, 1024)]
    public int NormGroups { get; init; } = 32;

    /// <summary>Whether the towers' convolutions have a bias where a normalisation follows (torchvision) or not (false, default; mmdetection).</summary>
    public bool ConvolutionBias { get; init; }

    /// <summary>Which locations are positive. Default: all inside an object's box, by ranges of the largest distance.</summary>
    public PointAssigner Assigner { get; init; } = new();

    /// <summary>Loss of the boxes of positive locations. Default: -ln IoU.</summary>
    public OverlapLoss BoxLoss { get; init; } = new IouLoss();

    /// <summary>Weight of the loss of the centre-ness (binary cross-entropy, divided by the positive locations). Default 1.</summary>
    [Range(0.0, 1000.0)]
    public double CentrenessWeight { get; init; } = 1.0;

    /// <summary>Whether the centre-ness is computed from the tower of the boxes (torchvision; FCOS, journal version) or of the classes (false, default; FCOS, figure 2).</summary>
    public bool CentrenessFromBoxes { get; init; }

    /// <summary>Whether each level has a learnt factor for its distances (true, default; FCOS, section 3.2) or not (torchvision).</summary>
    public bool LearnedScales { get; init; } = true;

    /// <summary>
    /// Whether distances are ReLU of the prediction in units of the stride (true; torchvision, mmdetection's <c>norm_on_bbox</c>) or its exponential in pixels
    /// (false, default; FCOS, section 3.1).
    /// </summary>
    public bool DistancesInStrides { get; init; }

    /// <summary>Whether the loss of a box is weighted by its location's centre-ness target (true, default; mmdetection) or not (torchvision).</summary>
    public bool WeightBoxesByCentreness { get; init; } = true;

    /// <summary>
    /// Whether a score is the root of class score x centre-ness, held against the threshold as such (true; torchvision), or their product, with the class score held
    /// against it (false, default; mmdetection).
    /// </summary>
    public bool GeometricMeanScores { get; init; }

    /// <summary>Place of the first location in units of the stride: 0.5, the cell's centre (default; mmdetection), or 0, its corner (torchvision).</summary>
    [Range(0.0, 0.5)]
    public double FirstLocation { get; init; } = 0.5;

    /// <summary>Whether the distance of neighbouring locations is the padded image's side divided by the map's (torchvision) or the stride (false, default; mmdetection).</summary>
    public bool FittedStrides { get; init; }
}
