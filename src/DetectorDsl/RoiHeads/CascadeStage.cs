using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>One pass of a <see cref="Cascade" /> over the regions.</summary>
/// <param name="Iou">A region is positive at this overlap (IoU, 0 to 1) or more, and negative below.</param>
/// <param name="BoxCoder">Form of the pass's regression; it takes the place of the box head's own. Later passes have smaller stds, since less is left to correct.</param>
/// <param name="LossWeight">Factor of all of the pass's losses. Default 1.</param>
[Component]
public record CascadeStage([Range(0.0, 1.0)] double Iou, BoxCoder BoxCoder, [Range(0.0, 1000.0)] double LossWeight = 1.0)
{
    /// <summary>The pass's own form of box head; null (default): the detector's is the template. Weights are the pass's own in any case.</summary>
    public BoxHead? BoxHead { get; init; }
}
