using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Assigns a location to the smallest object whose box it lies in, where the object's size is that of the location's level.</summary>
/// <remarks>
/// A level takes objects whose farthest side lies between half of Reach and Reach; the first level has no lower bound, the last none above.
/// Source: FCOS, sections 3.1 and 3.2; mmdetection, fcos_head.py; torchvision, fcos.py.
/// </remarks>
/// <param name="CentreRadius">Only locations within this many strides of the box's centre are positive; 0 (default) takes the whole box. torchvision: 1.5.</param>
/// <param name="Reach">Distance of the farthest side in units of the level's stride. Default 8, which is 64 pixels at stride 8.</param>
/// <param name="ClosedRanges">Whether a distance that equals a bound belongs to both levels (true, default; mmdetection) or to none (torchvision).</param>
[Component]
public record PointAssigner(
    [Range(0.0, 100.0)] double CentreRadius = 0.0,
    [Range(0.0, 1000.0, MinimumIsExclusive = true)] double Reach = 8.0,
    bool ClosedRanges = true
);
