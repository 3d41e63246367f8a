using System.Numerics;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Boxes;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.PrimeSamples;

/// <summary>Boxes that offsets lead to, on the host.</summary>
internal static class PredictedBoxes
{
    /// <summary>IoU of each predicted box with its target; both are decoded, so that limits of the form hold for both.</summary>
    /// <param name="boxes">P x 4 numbers.</param>
    /// <param name="predictions">P x 4.</param>
    /// <param name="targets">P x 4.</param>
    /// <param name="coder">Form of predictions and targets.</param>
    public static T[] Ious<T>(HostBoxes boxes, Tensor predictions, Tensor targets, DeltaBoxCoder coder)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (predicted, wanted) = (Decode(boxes.In<T>(), predictions, coder), Decode(boxes.In<T>(), targets, coder));
        var ious = new T[boxes.Count];
        for (var i = 0; i < ious.Length; i++)
        {
            ious[i] = Iou<T>(predicted.AsSpan(i * 4, 4), wanted.AsSpan(i * 4, 4));
        }

        return ious;
    }

    /// <summary>The boxes, not limited to an image: P x 4 numbers.</summary>
    public static T[] Decode<T>(T[] boxes, Tensor offsets, DeltaBoxCoder coder)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scope = NewDisposeScope();
        var numbers = TensorPrecision.Values<T>(offsets);
        var decoded = new T[boxes.Length];
        for (var i = 0; i < boxes.Length; i += 4)
        {
            coder.Decode<T>(boxes.AsSpan(i, 4), numbers.Slice(i, 4), decoded.AsSpan(i, 4));
        }

        return decoded;
    }

    // As mmdetection's bbox_overlaps: the union is at least 1e-6.
    private static T Iou<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var width = T.Max(T.Zero, T.Min(a[2], b[2]) - T.Max(a[0], b[0]));
        var height = T.Max(T.Zero, T.Min(a[3], b[3]) - T.Max(a[1], b[1]));
        var intersection = width * height;
        return intersection
            / T.Max(T.CreateTruncating(1e-6), ((a[2] - a[0]) * (a[3] - a[1])) + ((b[2] - b[0]) * (b[3] - b[1])) - intersection);
    }
}
