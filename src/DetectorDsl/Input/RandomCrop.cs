using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Cuts a part of a given size out of the image, anywhere; a side that is shorter stays whole.</summary>
/// <remarks>Source: mmdetection, RandomCrop with crop_type absolute.</remarks>
/// <param name="Height">Height of the part in pixels.</param>
/// <param name="Width">Width of the part in pixels.</param>
[Component]
public record RandomCrop([Range(1, 100000)] int Height, [Range(1, 100000)] int Width) : Cropping
{
    /// <summary>Whether a part without objects will do. Default false: another is drawn, up to ten in all.</summary>
    public bool AllowEmpty { get; init; }
}
