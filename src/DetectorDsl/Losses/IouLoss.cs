using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>-ln IoU (Yu et al. 2016, UnitBox); the IoU is at least 1e-6.</summary>
/// <remarks>Source: mmdetection, iou_loss.py.</remarks>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
public record IouLoss([Range(0.0, 1000.0)] double LossWeight = 1.0) : OverlapLoss;
