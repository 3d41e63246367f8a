namespace DetectorDsl.Runtime.Heads.PrimeSamples;

/// <summary>What the box head makes of the negative regions of an image.</summary>
/// <param name="Boxes">Their indices among the image's boxes, N numbers.</param>
/// <param name="Scores">Score of the likeliest class of each.</param>
/// <param name="Predicted">N x 4 numbers: the box predicted for that class, not limited to the image.</param>
/// <param name="Losses">Classification loss of each as background.</param>
public sealed record NegativeRegions(int[] Boxes, float[] Scores, float[] Predicted, float[] Losses)
{
    /// <summary>Number of regions, N.</summary>
    public int Count => Boxes.Length;
}
