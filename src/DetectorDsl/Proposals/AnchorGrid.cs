using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Anchors at every location of every level: side = scale x stride, in several aspect ratios.</summary>
/// <remarks>
/// Order: rows, columns, ratios, scales. Source: mmdetection, anchor_generator.py.
/// </remarks>
[Component]
public record AnchorGrid
{
    /// <summary>Sides of the square anchor in units of the level's stride. Default: 8.</summary>
    [MinLength(1)]
    public ValueList<double> Scales { get; init; } = [8];

    /// <summary>Ratios height / width. Default: 0.5, 1, 2.</summary>
    [MinLength(1)]
    public ValueList<double> Ratios { get; init; } = [0.5, 1.0, 2.0];

    /// <summary>Stride in pixels of each level, which must be the neck's; null (default) takes them from the neck.</summary>
    public ValueList<int>? Strides { get; init; }
}
