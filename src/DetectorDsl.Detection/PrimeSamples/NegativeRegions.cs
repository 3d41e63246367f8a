using System.Numerics;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.PrimeSamples;

/// <summary>What the box head makes of the negative regions of an image.</summary>
/// <typeparam name="T">Precision: <see cref="float" /> or <see cref="double" />.</typeparam>
/// <param name="Boxes">Their indices among the image's boxes, N numbers.</param>
/// <param name="Scores">Score of the likeliest class of each.</param>
/// <param name="Predicted">N boxes, each the one predicted for that class, not limited to the image.</param>
/// <param name="Losses">Classification loss of each as background.</param>
public sealed record NegativeRegions<T>(int[] Boxes, T[] Scores, Boxes Predicted, T[] Losses)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Number of regions, N.</summary>
    public int Count => Boxes.Length;
}
