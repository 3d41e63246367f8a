using DetectorDsl.Annotations;

namespace DetectorDsl.Structures;

/// <summary>The objects of an image, on the host.</summary>
/// <param name="Boxes">G boxes in pixels of the resized image.</param>
/// <param name="Labels">G classes, 0 to C - 1.</param>
/// <param name="Masks">G masks of the resized image, H x W each; null where the data has no masks.</param>
/// <param name="IgnoredBoxes">Boxes of crowds. The assigner does not look at them (mmdetection: ignore_iof_thr -1), so what lies on a crowd counts as background.</param>
public sealed record GroundTruth(Boxes Boxes, long[] Labels, IReadOnlyList<RleMask>? Masks, Boxes IgnoredBoxes)
{
    /// <summary>Number of objects, G.</summary>
    public int Count => Labels.Length;
}
