using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>As <see cref="RandomBoxSampler" />, but positives are spread evenly over objects, and negatives over intervals of their overlap (Libra R-CNN, section 3.1).</summary>
/// <remarks>
/// Overlaps of the negatives: Bins equal intervals from 0 to the largest overlap of any box of the image, an equal number from each; what an interval lacks
/// is drawn from all that are left. Source: mmdetection, instance_balanced_pos_sampler.py and iou_balanced_neg_sampler.py with floor_thr -1 in its first call, which is
/// the paper's; from the second call on that file's sampler has changed its own threshold to 0, which OverlappingFirst is. Positives are always as many as there
/// can be; there, a part of those drawn to make up for objects with few boxes is lost.
/// </remarks>
/// <param name="Count">Boxes per image.</param>
/// <param name="PositiveFraction">Largest share of positives.</param>
/// <param name="AddGroundTruth">Whether the objects' own boxes join the candidates. Default false.</param>
/// <param name="Bins">Intervals of the overlap; 1 for none. Default 3.</param>
/// <param name="OverlappingFirst">Whether negatives without any overlap are drawn only where the others are too few. Default false.</param>
[Component]
public record BalancedBoxSampler(
    [Range(1, 100000)] int Count,
    [Range(0.0, 1.0, MinimumIsExclusive = true)] double PositiveFraction,
    bool AddGroundTruth = false,
    [Range(1, 100)] int Bins = 3,
    bool OverlappingFirst = false
) : BoxSampler;
