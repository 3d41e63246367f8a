using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>Greedy suppression of boxes that overlap a better one.</summary>
public static class NonMaximumSuppression
{
    /// <summary>Suppression among all boxes.</summary>
    /// <param name="boxes">B x 4.</param>
    /// <param name="scores">B.</param>
    /// <param name="iouThreshold">Overlap above which the weaker box falls, 0 to 1.</param>
    /// <returns>Indices of the boxes that stay, by falling score, equal scores by lower index; int64 on the CPU.</returns>
    public static Tensor Keep(Tensor boxes, Tensor scores, double iouThreshold) => KeepPerClass(boxes, scores, null, iouThreshold);

    /// <summary>Suppression within each class.</summary>
    /// <param name="boxes">B x 4.</param>
    /// <param name="scores">B.</param>
    /// <param name="classes">B class numbers; null for a single class.</param>
    /// <param name="iouThreshold">Overlap above which the weaker box falls, 0 to 1.</param>
    /// <returns>Indices of the boxes that stay, by falling score, equal scores by lower index; int64 on the CPU. Inputs on another device
    /// are copied to the host once.</returns>
    public static Tensor KeepPerClass(Tensor boxes, Tensor scores, Tensor? classes, double iouThreshold)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        ArgumentNullException.ThrowIfNull(scores);
        using var scope = NewDisposeScope();
        var classValues = classes is null ? default : CpuMemory.Span<long>(CpuMemory.Contiguous(classes, ScalarType.Int64));
        var kept = TensorPrecision.IsDouble(boxes)
            ? Keep<double>(TensorPrecision.Values<double>(boxes), TensorPrecision.Values<double>(scores), classValues, iouThreshold)
            : Keep<float>(TensorPrecision.Values<float>(boxes), TensorPrecision.Values<float>(scores), classValues, iouThreshold);
        return tensor(Array.ConvertAll(kept, index => (long)index)).MoveToOuterDisposeScope();
    }

    /// <summary>Suppression on plain memory.</summary>
    /// <typeparam name="T">Precision, in which overlaps are computed; they are compared with the threshold in double.</typeparam>
    /// <param name="boxes">B x 4 numbers.</param>
    /// <param name="scores">B numbers.</param>
    /// <param name="classes">B class numbers; empty for a single class.</param>
    /// <param name="iouThreshold">Overlap above which the weaker box falls.</param>
    /// <param name="most">How many are wanted: what is weaker than these is not looked at.</param>
    /// <returns>Indices of the boxes that stay, by falling score, equal scores by lower index.</returns>
    public static int[] Keep<T>(
        ReadOnlySpan<T> boxes,
        ReadOnlySpan<T> scores,
        ReadOnlySpan<long> classes,
        double iouThreshold,
        int most = int.MaxValue
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var keptByClass = new Dictionary<long, List<int>>();
        var kept = new List<int>();
        foreach (var candidate in ScoreOrder.Falling(scores))
        {
            if (kept.Count == most)
            {
                break;
            }

            var label = classes.IsEmpty ? 0 : classes[candidate];
            if (!keptByClass.TryGetValue(label, out var rivals))
            {
                keptByClass[label] = rivals = [];
            }

            if (!OverlapsAny(boxes, candidate, rivals, iouThreshold))
            {
                rivals.Add(candidate);
                kept.Add(candidate);
            }
        }

        return [.. kept];
    }

    /// <summary>Groups of boxes, each around the best box that no better one has in its group.</summary>
    /// <remarks>Source: mmcv, nms_match.</remarks>
    /// <typeparam name="T">Precision.</typeparam>
    /// <param name="boxes">B x 4 numbers.</param>
    /// <param name="scores">B numbers.</param>
    /// <param name="iouThreshold">Overlap from which on a box belongs to a better one's group.</param>
    /// <returns>For each box the best of its group.</returns>
    public static int[] Match<T>(ReadOnlySpan<T> boxes, ReadOnlySpan<T> scores, double iouThreshold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var leaders = new List<int>();
        var leader = new int[scores.Length];
        foreach (var candidate in ScoreOrder.Falling(scores))
        {
            leader[candidate] = candidate;
            foreach (var better in leaders)
            {
                if (Iou(boxes.Slice(candidate * 4, 4), boxes.Slice(better * 4, 4)) >= T.CreateTruncating(iouThreshold))
                {
                    leader[candidate] = better;
                    break;
                }
            }

            if (leader[candidate] == candidate)
            {
                leaders.Add(candidate);
            }
        }

        return leader;
    }

    private static T Iou<T>(ReadOnlySpan<T> box, ReadOnlySpan<T> other)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var width = T.Max(T.Zero, T.Min(box[2], other[2]) - T.Max(box[0], other[0]));
        var height = T.Max(T.Zero, T.Min(box[3], other[3]) - T.Max(box[1], other[1]));
        var intersection = width * height;
        return intersection / (((other[2] - other[0]) * (other[3] - other[1])) + ((box[2] - box[0]) * (box[3] - box[1])) - intersection);
    }

    // torchvision's kernel computes in the boxes' precision and compares with the threshold in double.
    private static bool OverlapsAny<T>(ReadOnlySpan<T> boxes, int candidate, List<int> rivals, double threshold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var box = boxes.Slice(candidate * 4, 4);
        var area = (box[2] - box[0]) * (box[3] - box[1]);
        foreach (var rival in rivals)
        {
            var other = boxes.Slice(rival * 4, 4);
            var width = T.Max(T.Zero, T.Min(box[2], other[2]) - T.Max(box[0], other[0]));
            var height = T.Max(T.Zero, T.Min(box[3], other[3]) - T.Max(box[1], other[1]));
            var intersection = width * height;
            if (
                intersection > T.Zero
                && double.CreateTruncating(intersection / (((other[2] - other[0]) * (other[3] - other[1])) + area - intersection))
                    > threshold
            )
            {
                return true;
            }
        }

        return false;
    }
}
