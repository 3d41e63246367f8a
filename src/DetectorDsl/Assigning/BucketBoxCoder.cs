using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Boxes by their sides (SABL): for left, right, top and bottom the bucket that the side lies in, and its distance from the bucket's centre. For a <see cref="SideAwareBoxHead" />.</summary>
/// <remarks>
/// The region is widened about its centre and divided into Buckets across and down; a side looks into the outer half of them. In detection, scores above the threshold are
/// multiplied by how sure the buckets are. Source: SABL (Wang et al. 2020), section 3.2; mmdetection, bucketing_bbox_coder.py.
/// </remarks>
/// <param name="Buckets">Buckets across the widened region: twice the cells of the box features where the head stretches by two. Default 14.</param>
/// <param name="Scale">Factor by which the region is widened. Default 1.7; passes of a cascade: 1.7, 1.5, 1.3.</param>
[Component]
public record BucketBoxCoder([Range(3, 1024)] int Buckets = 14, [Range(0.0, 100.0, MinimumIsExclusive = true)] double Scale = 1.7)
    : BoxCoder
{
    /// <summary>Buckets of a side that learn the distance: the nearest, and further ones within Reach. Default 2.</summary>
    [Range(1, 512)]
    public int Nearest { get; init; } = 2;

    /// <summary>Distance, in buckets, below which a bucket other than the nearest learns it. Default 1.</summary>
    [Range(0.0, 1000.0)]
    public double Reach { get; init; } = 1.0;

    /// <summary>Whether buckets less than one bucket from the side, other than the nearest, are left out of the buckets' loss. Default true.</summary>
    public bool IgnoreNeighbours { get; init; } = true;
}
