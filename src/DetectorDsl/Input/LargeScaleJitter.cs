using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Large-scale jitter: fits the image into a frame times a random scale, then cuts a random part of the frame's size or pads to it.</summary>
/// <remarks>
/// Source: Ghiasi et al., "Simple Copy-Paste is a Strong Data Augmentation Method", 2021, section 4; detectron2, ResizeScale and FixedSizeCrop.
/// The place of the cut is drawn for each direction by itself.
/// </remarks>
/// <param name="Height">Height of the frame in pixels. Default 1,024.</param>
/// <param name="Width">Width of the frame in pixels. Default 1,024.</param>
[Component]
public record LargeScaleJitter([Range(1, 10000)] int Height = 1024, [Range(1, 10000)] int Width = 1024) : Cropping
{
    /// <summary>One end of the range of scales. Default 0.1.</summary>
    [Range(0.01, 100.0), AtMost(nameof(MaxScale))]
    public double MinScale { get; init; } = 0.1;

    /// <summary>The other end. Default 2.</summary>
    [Range(0.01, 100.0)]
    public double MaxScale { get; init; } = 2.0;

    /// <summary>Grey value, 0 to 255, of what is padded at the bottom and right. Default 128.</summary>
    [Range(0, 255)]
    public int Fill { get; init; } = 128;
}
