using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Cuts a part out of the image, anywhere, each side a random share of the image's.</summary>
/// <remarks>Source: mmdetection, RandomCrop with crop_type relative_range; with two equal shares, relative.</remarks>
/// <param name="MinShare">One end of the range of either side's share. Default 0.5.</param>
/// <param name="MaxShare">The other end. Default 1.</param>
[Component]
public record RelativeCrop(
    [Range(0.0, 1.0, MinimumIsExclusive = true), AtMost(nameof(MaxShare))] double MinShare = 0.5,
    [Range(0.0, 1.0, MinimumIsExclusive = true)] double MaxShare = 1.0
) : Cropping
{
    /// <summary>Whether a part without objects will do. Default false: another is drawn, up to ten in all.</summary>
    public bool AllowEmpty { get; init; }
}
