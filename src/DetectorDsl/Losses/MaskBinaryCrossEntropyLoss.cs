using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Binary cross-entropy on the mask of the object's class, mean over pixels and regions (Mask R-CNN, section 3).</summary>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
public record MaskBinaryCrossEntropyLoss([Range(0.0, 1000.0)] double LossWeight = 1.0) : MaskLoss;
