using System.Numerics;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Boxes;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Selection;

/// <summary>Turns the first stage's outputs into proposals: best of each level, decoded, suppressed per level, best of the image.</summary>
/// <remarks>
/// Everything happens on the host: one copy of scores and offsets per call where they are on another device. Bounds are taken in the boxes' precision, as mmcv's nms does.
/// </remarks>
/// <param name="candidatesPerLevel">Best-scored anchors of each level that take part.</param>
/// <param name="maxPerImage">Proposals kept per image.</param>
/// <param name="nmsIou">Overlap above which the weaker of two proposals of a level falls.</param>
/// <param name="minSize">Least width and height in pixels.</param>
/// <param name="coder">Form of the offsets.</param>
public sealed class ProposalSelector(int candidatesPerLevel, int maxPerImage, double nmsIou, double minSize, DeltaBoxCoder coder)
{
    /// <summary>Selects the proposals of a batch.</summary>
    /// <param name="logits">N x K objectness logits, levels one after the other.</param>
    /// <param name="offsets">N x K x 4.</param>
    /// <param name="anchors">Anchors of each level, K in all.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <returns>The proposals of each image, best first, those of equal score by index, in the offsets' precision.</returns>
    /// <exception cref="ArgumentException">Logits, anchors and images do not fit each other.</exception>
    public HostBoxes[] Select(Tensor logits, Tensor offsets, IReadOnlyList<HostBoxes> anchors, IReadOnlyList<ImageShape> shapes) =>
        [.. SelectScored(logits, offsets, anchors, shapes).Select(image => image.Boxes)];

    /// <summary>The same where every image has anchors of its own.</summary>
    /// <param name="logits">N x K objectness logits, levels one after the other; anchors of minus infinity are not taken.</param>
    /// <param name="offsets">N x K x 4.</param>
    /// <param name="anchors">Anchors of each image and level, K in all for each image.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <returns>The proposals of each image, best first, those of equal score by index, in the offsets' precision.</returns>
    /// <exception cref="ArgumentException">Logits, anchors and images do not fit each other.</exception>
    public HostBoxes[] Select(Tensor logits, Tensor offsets, IReadOnlyList<HostBoxes[]> anchors, IReadOnlyList<ImageShape> shapes) =>
        [.. SelectScored(logits, offsets, anchors, shapes).Select(image => image.Boxes)];

    /// <summary>The same with the logits of the proposals.</summary>
    /// <param name="logits">N x K objectness logits, levels one after the other.</param>
    /// <param name="offsets">N x K x 4.</param>
    /// <param name="anchors">Anchors of each level, K in all.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <returns>Proposals of each image, best first, those of equal score by index.</returns>
    /// <exception cref="ArgumentException">Logits, anchors and images do not fit each other.</exception>
    public ImageProposals[] SelectScored(Tensor logits, Tensor offsets, IReadOnlyList<HostBoxes> anchors, IReadOnlyList<ImageShape> shapes)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(shapes);
        return SelectScored(logits, offsets, [.. Enumerable.Repeat(anchors as HostBoxes[] ?? [.. anchors], shapes.Count)], shapes);
    }

    /// <summary>The same with the logits of the proposals, where every image has anchors of its own.</summary>
    /// <param name="logits">N x K objectness logits, levels one after the other; anchors of minus infinity are not taken.</param>
    /// <param name="offsets">N x K x 4.</param>
    /// <param name="anchors">Anchors of each image and level, K in all for each image.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <returns>Proposals of each image, best first, those of equal score by index.</returns>
    /// <exception cref="ArgumentException">Logits, anchors and images do not fit each other.</exception>
    public ImageProposals[] SelectScored(
        Tensor logits,
        Tensor offsets,
        IReadOnlyList<HostBoxes[]> anchors,
        IReadOnlyList<ImageShape> shapes
    )
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(shapes);
        var count = (int)logits.shape[1];
        var given = anchors.Select(levels => levels.Sum(level => level.Count)).FirstOrDefault(given => given != count, count);
        if (logits.shape[0] != shapes.Count || anchors.Count != shapes.Count || given != count)
        {
            throw new ArgumentException(
                $"{shapes.Count} images with {given} anchors each do not fit logits of shape [{string.Join(", ", logits.shape)}].",
                nameof(logits)
            );
        }

        return TensorPrecision.IsDouble(offsets)
            ? Select<double>(logits, offsets, anchors, shapes, count)
            : Select<float>(logits, offsets, anchors, shapes, count);
    }

    private ImageProposals[] Select<T>(
        Tensor logits,
        Tensor offsets,
        IReadOnlyList<HostBoxes[]> anchors,
        IReadOnlyList<ImageShape> shapes,
        int count
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scope = NewDisposeScope();
        var scores = TensorPrecision.Values<T>(logits).ToArray();
        var deltas = TensorPrecision.Values<T>(offsets).ToArray();
        var proposals = new ImageProposals[shapes.Count];
        Parallel.For(0, shapes.Count, image =>
        {
            T[][] levels = [.. anchors[image].Select(level => level.In<T>())];
            proposals[image] = SelectImage<T>(
                scores.AsSpan(image * count, count),
                deltas.AsSpan(image * count * 4, count * 4),
                levels,
                shapes[image]
            );
        });
        return proposals;
    }

    private ImageProposals SelectImage<T>(ReadOnlySpan<T> scores, ReadOnlySpan<T> deltas, T[][] anchors, ImageShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var least = T.CreateTruncating(minSize);
        var boxes = new List<T>();
        var boxScores = new List<T>();
        var levels = new List<long>();
        var first = 0;
        Span<T> box = stackalloc T[4];
        for (var level = 0; level < anchors.Length; level++)
        {
            var length = anchors[level].Length / 4;
            foreach (var index in ScoreOrder.Falling(scores.Slice(first, length), candidatesPerLevel))
            {
                coder.DecodeWithinIn(anchors[level].AsSpan(index * 4, 4), deltas.Slice((first + index) * 4, 4), shape, box);
                if (!T.IsNegativeInfinity(scores[first + index]) && box[2] - box[0] > least && box[3] - box[1] > least)
                {
                    boxes.AddRange(box);
                    boxScores.Add(scores[first + index]);
                    levels.Add(level);
                }
            }

            first += length;
        }

        var all = boxes.ToArray();
        var kept = NonMaximumSuppression.Keep<T>(
            all,
            boxScores.ToArray(),
            levels.ToArray(),
            double.CreateTruncating(T.CreateTruncating(nmsIou)),
            maxPerImage
        );
        var (best, bestScores) = (new T[kept.Length * 4], new float[kept.Length]);
        for (var i = 0; i < kept.Length; i++)
        {
            all.AsSpan(kept[i] * 4, 4).CopyTo(best.AsSpan(i * 4));
            bestScores[i] = float.CreateTruncating(boxScores[kept[i]]);
        }

        return new ImageProposals(HostBoxes.FromArray(best), bestScores);
    }
}
