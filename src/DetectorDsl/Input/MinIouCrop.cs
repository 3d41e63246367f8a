using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>
/// SSD's crop: one of several bounds is drawn, then a part of the image whose best overlap (IoU) with an object is not below it. One time in n + 2
/// (n bounds) the image stays whole, one time any part will do that has an object's centre.
/// </summary>
/// <remarks>
/// Only objects whose centre lies within the part are kept. Forty parts are tried for a bound; where none fits, another bound is drawn, ten in
/// all, and at last the image stays whole. Source: Liu et al., "SSD: Single Shot MultiBox Detector", 2016, section 2.2, as in torchvision's
/// RandomIoUCrop (mmdetection's MinIoURandomCrop holds the worst overlap against the bound).
/// </remarks>
[Component]
public record MinIouCrop : Cropping
{
    /// <summary>The bounds, each 0 to 1. Default 0.1, 0.3, 0.5, 0.7, 0.9.</summary>
    [Range(0.0, 1.0)]
    public ValueList<double> MinOverlaps { get; init; } = [0.1, 0.3, 0.5, 0.7, 0.9];

    /// <summary>Least share of either side of the image. Default 0.3.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double MinScale { get; init; } = 0.3;

    /// <summary>Most that one side of the part may be longer than the other. Default 2.</summary>
    [Range(1.0, 1000.0)]
    public double MaxAspectRatio { get; init; } = 2.0;
}
