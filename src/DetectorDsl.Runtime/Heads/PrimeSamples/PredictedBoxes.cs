using DetectorDsl.Runtime.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Heads.PrimeSamples;

/// <summary>Boxes that offsets lead to, on the host.</summary>
internal static class PredictedBoxes
{
    private const float Least = 1e-6f;

    /// <summary>IoU of each predicted box with its target; both are decoded, so that limits of the form hold for both.</summary>
    /// <param name="boxes">P x 4 numbers.</param>
    /// <param name="predictions">P x 4.</param>
    /// <param name="targets">P x 4.</param>
    /// <param name="coder">Form of predictions and targets.</param>
    public static float[] Ious(float[] boxes, Tensor predictions, Tensor targets, DeltaBoxCoder coder)
    {
        var (predicted, wanted) = (Decode(boxes, predictions, coder), Decode(boxes, targets, coder));
        var ious = new float[boxes.Length / 4];
        for (var i = 0; i < ious.Length; i++)
        {
            ious[i] = Iou(predicted.AsSpan(i * 4, 4), wanted.AsSpan(i * 4, 4));
        }

        return ious;
    }

    /// <summary>The boxes, not limited to an image: P x 4 numbers.</summary>
    public static float[] Decode(float[] boxes, Tensor offsets, DeltaBoxCoder coder)
    {
        using var scope = NewDisposeScope();
        var numbers = CpuMemory.Span<float>(CpuMemory.Contiguous(offsets, ScalarType.Float32));
        var decoded = new float[boxes.Length];
        for (var i = 0; i < boxes.Length; i += 4)
        {
            coder.Decode<float>(boxes.AsSpan(i, 4), numbers.Slice(i, 4), decoded.AsSpan(i, 4));
        }

        return decoded;
    }

    // As mmdetection's bbox_overlaps: the union is at least 1e-6.
    private static float Iou(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var width = MathF.Max(0, MathF.Min(a[2], b[2]) - MathF.Max(a[0], b[0]));
        var height = MathF.Max(0, MathF.Min(a[3], b[3]) - MathF.Max(a[1], b[1]));
        var intersection = width * height;
        return intersection / MathF.Max(Least, ((a[2] - a[0]) * (a[3] - a[1])) + ((b[2] - b[0]) * (b[3] - b[1])) - intersection);
    }
}
