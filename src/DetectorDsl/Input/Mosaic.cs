using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Puts four images together around a random point: this one at the upper left, three others beside and below it.</summary>
/// <remarks>
/// <para>The result has twice the height and width. Each image is fitted into Height x Width, keeping its aspect ratio, and laid with one corner at
/// the point; what passes the result's border is cut off. To come back to Height x Width, let <see cref="RandomCrop" /> or
/// <see cref="LargeScaleJitter" /> follow.</para>
/// <para>The others are any of the data set, this one included, each alike often; they pass the augmentations that stand before this one, with
/// random numbers of their own.</para>
/// <para>Source: Bochkovskiy et al., "YOLOv4", 2020, section 3.3; mmdetection, Mosaic.</para>
/// </remarks>
/// <param name="Height">Height in pixels of the frame that each image is fitted into. Default 640.</param>
/// <param name="Width">Width in pixels of the frame. Default 640.</param>
/// <param name="Probability">Share of the images that become a mosaic. Default 1.</param>
[Component]
public record Mosaic([Range(1, 10000)] int Height = 640, [Range(1, 10000)] int Width = 640, [Range(0.0, 1.0)] double Probability = 1.0)
    : Cropping
{
    /// <summary>One end of the range in which the point lies, as a share of Height and Width. Default 0.5.</summary>
    [Range(0.0, 2.0), AtMost(nameof(MaxCentre))]
    public double MinCentre { get; init; } = 0.5;

    /// <summary>The other end. Default 1.5.</summary>
    [Range(0.0, 2.0)]
    public double MaxCentre { get; init; } = 1.5;

    /// <summary>Grey value, 0 to 255, of what no image covers. Default 114.</summary>
    [Range(0, 255)]
    public int Fill { get; init; } = 114;
}
