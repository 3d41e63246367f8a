using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Which scored boxes become detections.</summary>
/// <param name="ScoreThreshold">Pairs of box and class at or below this score are dropped. Default 0.05 (COCO), 1e-4 for LVIS.</param>
/// <param name="NmsIou">NMS threshold: IoU above which the weaker of two boxes of a class is suppressed. Default 0.5.</param>
/// <param name="MaxPerImage">Detections kept per image. Default 100 (COCO), 300 for LVIS.</param>
/// <param name="MaskThreshold">Mask probability from which a pixel belongs to the object. Default 0.5.</param>
[Component]
public record DetectionSelection(
    [property: TrainerOption, Range(0.0, 1.0)] double ScoreThreshold = 0.05,
    [property: TrainerOption, Range(0.0, 1.0)] double NmsIou = 0.5,
    [property: TrainerOption, Range(1, 100000)] int MaxPerImage = 100,
    [Range(0.0, 1.0)] double MaskThreshold = 0.5
)
{
    /// <summary>Boxes narrower or lower than this, in pixels of the resized image, are dropped. Default 0 (mmdetection); torchvision's two-stage models drop below 0.01.</summary>
    [Range(0.0, 10000.0)]
    public double MinSize { get; init; }

    /// <summary>What is done to the scores before the threshold. Default null: nothing.</summary>
    public ScoreCalibration? Calibration { get; init; }

    /// <summary>How masks are brought onto the image. Default: sampled at the centres of the box's pixels (mmdetection, detectron2).</summary>
    public MaskPasting MaskPasting { get; init; } = MaskPasting.AtPixelCentres;
}
