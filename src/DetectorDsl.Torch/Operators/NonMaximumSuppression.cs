using System.Numerics;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>Greedy suppression of boxes that overlap a better one.</summary>
public static class NonMaximumSuppression
{
    /// <summary>Suppression among all boxes.</summary>
    /// <param name="boxes">B x 4.</param>
    /// <param name="scores">B.</param>
    /// <param name="iouThreshold">IoU above which the weaker box is suppressed, 0 to 1.</param>
    /// <returns>Indices of the boxes that stay, by descending score, equal scores by lower index; int64 on the CPU.</returns>
    public static Tensor Keep(Tensor boxes, Tensor scores, double iouThreshold) => KeepPerClass(boxes, scores, null, iouThreshold);

    /// <summary>Suppression within each class.</summary>
    /// <param name="boxes">B x 4.</param>
    /// <param name="scores">B.</param>
    /// <param name="classes">B class numbers; null for a single class.</param>
    /// <param name="iouThreshold">IoU above which the weaker box is suppressed, 0 to 1.</param>
    /// <returns>Indices of the boxes that stay, by descending score, equal scores by lower index; int64 on the CPU. Inputs on another device
    /// are copied to the host once.</returns>
    public static Tensor KeepPerClass(Tensor boxes, Tensor scores, Tensor? classes, double iouThreshold)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        ArgumentNullException.ThrowIfNull(scores);
        using var scope = NewDisposeScope();
        var classValues = classes is null ? default : CpuMemory.Span<long>(CpuMemory.Contiguous(classes, ScalarType.Int64));
        var kept = TensorPrecision.IsDouble(boxes)
            ? Keep<double>(
                Boxes.FromNumbers<double>(TensorPrecision.Values<double>(boxes)),
                TensorPrecision.Values<double>(scores),
                classValues,
                iouThreshold
            )
            : Keep<float>(
                Boxes.FromNumbers<float>(TensorPrecision.Values<float>(boxes)),
                TensorPrecision.Values<float>(scores),
                classValues,
                iouThreshold
            );
        return tensor(Array.ConvertAll(kept, index => (long)index)).MoveToOuterDisposeScope();
    }

    /// <summary>Suppression on the host.</summary>
    /// <typeparam name="T">Precision, in which overlaps are computed; they are compared with the threshold in double, as torchvision's kernel does.</typeparam>
    /// <param name="boxes">B boxes.</param>
    /// <param name="scores">B numbers.</param>
    /// <param name="classes">B class numbers; empty for a single class.</param>
    /// <param name="iouThreshold">IoU above which the weaker box is suppressed, 0 to 1.</param>
    /// <param name="most">How many are wanted: what is weaker than these is not looked at.</param>
    /// <returns>Indices of the boxes that stay, by descending score, equal scores by lower index.</returns>
    public static int[] Keep<T>(
        Boxes boxes,
        ReadOnlySpan<T> scores,
        ReadOnlySpan<long> classes,
        double iouThreshold,
        int most = int.MaxValue
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(boxes);
        var corners = boxes.In<T>();
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

            if (!OverlapsAny(corners, candidate, rivals, iouThreshold))
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
    /// <param name="boxes">B boxes.</param>
    /// <param name="scores">B numbers.</param>
    /// <param name="iouThreshold">IoU from which on a box belongs to a better one's group, above 0.</param>
    /// <returns>For each box the best of its group.</returns>
    public static int[] Match<T>(Boxes boxes, ReadOnlySpan<T> scores, double iouThreshold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(boxes);
        var corners = boxes.In<T>();
        var leaders = new List<int>();
        var leader = new int[scores.Length];
        foreach (var candidate in ScoreOrder.Falling(scores))
        {
            leader[candidate] = candidate;
            foreach (var better in leaders)
            {
                if (corners[candidate].Iou(corners[better]) >= T.CreateTruncating(iouThreshold))
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

    private static bool OverlapsAny<T>(ReadOnlySpan<Corners<T>> boxes, int candidate, List<int> rivals, double threshold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var box = boxes[candidate];
        foreach (var rival in rivals)
        {
            if (double.CreateTruncating(boxes[rival].Iou(box)) > threshold)
            {
                return true;
            }
        }

        return false;
    }
}
