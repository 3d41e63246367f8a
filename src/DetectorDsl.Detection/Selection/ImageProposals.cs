using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Selection;

/// <summary>Regions of an image that may hold an object, best first.</summary>
/// <param name="Boxes">P boxes in pixels of the resized image.</param>
/// <param name="Scores">P objectness logits.</param>
public sealed record ImageProposals(Boxes Boxes, float[] Scores)
{
    /// <summary>Number of regions, P.</summary>
    public int Count => Scores.Length;
}
