using DetectorDsl.Structures;

namespace DetectorDsl.Torch.Operators;

/// <summary>Brings the small square mask of a detection onto its image.</summary>
/// <param name="probabilities">s x s, 0 to 1.</param>
/// <param name="size">s.</param>
/// <param name="box">The detection's box in pixels of the image.</param>
/// <param name="imageHeight">Height of the image.</param>
/// <param name="imageWidth">Width of the image.</param>
/// <returns>The part of the image that the mask covers.</returns>
public delegate PastedRegion MaskPaster(ReadOnlySpan<float> probabilities, int size, Corners<float> box, int imageHeight, int imageWidth);
