using DetectorDsl.Annotations;

namespace DetectorDsl.Structures;

/// <summary>What was found in an image, best first.</summary>
/// <param name="Shape">The image.</param>
/// <param name="Boxes">D boxes in pixels of the image as stored.</param>
/// <param name="Scores">D scores, 0 to 1.</param>
/// <param name="Labels">D classes, 0 to C - 1.</param>
/// <param name="Masks">D masks of the size of the stored image; null for a detector without masks.</param>
public sealed record ImageDetections(ImageShape Shape, Boxes Boxes, float[] Scores, int[] Labels, RleMask[]? Masks)
{
    /// <summary>Number of detections, D.</summary>
    public int Count => Scores.Length;
}
