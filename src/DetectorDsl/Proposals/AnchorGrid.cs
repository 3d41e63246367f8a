using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Anchors at every location of every level: side = scale x stride, in several aspect ratios.</summary>
/// <remarks>
/// Order: rows, columns, ratios, scales. Source: mmdetection, anchor_generator.py; <see cref="WholePixels" /> and <see cref="FittedStrides" />: torchvision, anchor_utils.py.
/// </remarks>
[Component]
public record AnchorGrid
{
    /// <summary>Sides of the square anchor in units of the level's stride. Default: 8.</summary>
    [MinLength(1), Range(0.0, 10000.0, MinimumIsExclusive = true)]
    public ValueList<double> Scales { get; init; } = [8];

    /// <summary>Ratios height / width. Default: 0.5, 1, 2.</summary>
    [MinLength(1), Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public ValueList<double> Ratios { get; init; } = [0.5, 1.0, 2.0];

    /// <summary>Stride in pixels of each level, which must be the neck's; null (default) takes them from the neck.</summary>
    [MinLength(1), Range(1, 100000), Ascending]
    public ValueList<int>? Strides { get; init; }

    /// <summary>Whether sides are cut to whole pixels and corners rounded to them (torchvision) or kept as they are (false, default; mmdetection).</summary>
    public bool WholePixels { get; init; }

    /// <summary>
    /// Whether the distance of neighbouring anchors is the padded image's side divided by the map's, rounded down (torchvision), or the stride (false, default; mmdetection).
    /// They differ where the coarse maps' sides were rounded up.
    /// </summary>
    public bool FittedStrides { get; init; }

    /// <summary>
    /// Whether anchors take part in training whose place is in what a batch adds to an image's own padding (torchvision), or not (false, default; mmdetection). Images of
    /// a batch are padded to the largest of them.
    /// </summary>
    public bool InPadding { get; init; }
}
