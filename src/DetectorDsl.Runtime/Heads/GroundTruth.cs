using TorchSharp;

namespace DetectorDsl.Runtime.Heads;

/// <summary>The objects of an image, on the host.</summary>
/// <param name="Boxes">G x 4 numbers (x1, y1, x2, y2) in pixels of the resized image.</param>
/// <param name="Labels">G classes, 0 to C - 1.</param>
/// <param name="Masks">G x H x W, uint8 0 or 1, on the CPU, of the resized image; null where the data has no masks.</param>
/// <param name="IgnoredBoxes">Boxes of crowds, four numbers each. The assigner does not look at them (mmdetection: ignore_iof_thr -1), so what lies on a crowd counts as background.</param>
public sealed record GroundTruth(float[] Boxes, long[] Labels, torch.Tensor? Masks, float[] IgnoredBoxes) : IDisposable
{
    /// <summary>Number of objects, G.</summary>
    public int Count => Labels.Length;

    /// <summary>Frees the masks.</summary>
    public void Dispose() => Masks?.Dispose();
}
