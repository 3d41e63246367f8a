using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Assigns each box to the object it overlaps most.</summary>
/// <remarks>
/// Boxes between the two thresholds are ignored. Source: mmdetection, max_iou_assigner.py; Faster R-CNN, section 3.1.2.
/// </remarks>
/// <param name="PositiveIou">A box is positive at this overlap (IoU, 0 to 1) or more.</param>
/// <param name="NegativeIou">A box is negative below this overlap.</param>
/// <param name="MinPositiveIou">Least overlap at which an object's best box becomes positive by low-quality matching.</param>
/// <param name="MatchLowQuality">Whether each object keeps its best boxes even below PositiveIou. Default true.</param>
[Component]
public record MaxIouAssigner(
    [Range(0.0, 1.0)] double PositiveIou,
    [Range(0.0, 1.0), AtMost(nameof(PositiveIou))] double NegativeIou,
    [Range(0.0, 1.0)] double MinPositiveIou,
    bool MatchLowQuality = true
) : BoxAssigner
{
    /// <summary>
    /// Which object a box goes to that low-quality matching makes positive: the object whose best box it is (false, default; mmdetection), or the one that the box
    /// itself overlaps most (true; torchvision, _utils.py, Matcher).
    /// </summary>
    public bool BoxesKeepNearest { get; init; }
}
