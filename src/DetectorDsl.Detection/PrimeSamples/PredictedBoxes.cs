using System.Numerics;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.PrimeSamples;

/// <summary>Boxes that offsets lead to, on the host.</summary>
internal static class PredictedBoxes
{
    // As mmdetection's bbox_overlaps.
    private const double LeastUnion = 1e-6;

    /// <summary>IoU of each predicted box with its target; both are decoded, so that limits of the form hold for both.</summary>
    /// <param name="boxes">P boxes.</param>
    /// <param name="predictions">P x 4.</param>
    /// <param name="targets">P x 4.</param>
    /// <param name="coder">Form of predictions and targets.</param>
    public static T[] Ious<T>(Boxes boxes, Tensor predictions, Tensor targets, DeltaBoxCoder coder)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (predicted, wanted) = (Decode<T>(boxes, predictions, coder), Decode<T>(boxes, targets, coder));
        return [.. predicted.Zip(wanted, (box, target) => box.Iou(target, T.CreateTruncating(LeastUnion)))];
    }

    /// <summary>The P boxes, not limited to an image.</summary>
    public static Corners<T>[] Decode<T>(Boxes boxes, Tensor offsets, DeltaBoxCoder coder)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scope = NewDisposeScope();
        var corners = boxes.In<T>();
        var deltas = TensorPrecision.Values<T>(offsets);
        var decoded = new Corners<T>[corners.Length];
        for (var i = 0; i < decoded.Length; i++)
        {
            decoded[i] = coder.Decode<T>(corners[i], deltas.Slice(i * 4, 4));
        }

        return decoded;
    }
}
