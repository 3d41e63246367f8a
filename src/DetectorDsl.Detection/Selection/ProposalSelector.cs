using System.Numerics;
using DetectorDsl.Detection.Anchors;
using DetectorDsl.Detection.BoxCoding;
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
/// <param name="nmsIou">NMS threshold: IoU above which the weaker of two proposals of a level is suppressed.</param>
/// <param name="minSize">Least width and height in pixels.</param>
/// <param name="coder">Form of the offsets.</param>
public sealed class ProposalSelector(int candidatesPerLevel, int maxPerImage, double nmsIou, double minSize, DeltaBoxCoder coder)
{
    /// <summary>Selects the proposals of a batch.</summary>
    /// <param name="logits">N x K objectness logits, levels one after the other; anchors of minus infinity are not taken.</param>
    /// <param name="offsets">N x K x 4.</param>
    /// <param name="anchors">K anchors of each image.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <returns>The proposals of each image, best first, those of equal score by index, in the offsets' precision.</returns>
    /// <exception cref="ArgumentException">Logits, anchors and images do not fit each other.</exception>
    public Boxes[] Select(Tensor logits, Tensor offsets, ImageAnchors anchors, IReadOnlyList<ImageShape> shapes) =>
        [.. SelectScored(logits, offsets, anchors, shapes).Select(image => image.Boxes)];

    /// <summary>The same with the logits of the proposals.</summary>
    /// <param name="logits">N x K objectness logits, levels one after the other; anchors of minus infinity are not taken.</param>
    /// <param name="offsets">N x K x 4.</param>
    /// <param name="anchors">K anchors of each image.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <returns>Proposals of each image, best first, those of equal score by index.</returns>
    /// <exception cref="ArgumentException">Logits, anchors and images do not fit each other.</exception>
    public ImageProposals[] SelectScored(Tensor logits, Tensor offsets, ImageAnchors anchors, IReadOnlyList<ImageShape> shapes)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(shapes);
        var count = (int)logits.shape[1];
        anchors.Check(shapes.Count, count);
        if (logits.shape[0] != shapes.Count)
        {
            throw new ArgumentException(
                $"Logits [{string.Join(", ", logits.shape)}] do not fit {shapes.Count} images of {count} anchors.",
                nameof(logits)
            );
        }

        return TensorPrecision.IsDouble(offsets)
            ? Select<double>(logits, offsets, anchors, shapes, count)
            : Select<float>(logits, offsets, anchors, shapes, count);
    }

    private ImageProposals[] Select<T>(Tensor logits, Tensor offsets, ImageAnchors anchors, IReadOnlyList<ImageShape> shapes, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scope = NewDisposeScope();
        var scores = TensorPrecision.Values<T>(logits).ToArray();
        var deltas = TensorPrecision.Values<T>(offsets).ToArray();
        var proposals = new ImageProposals[shapes.Count];
        Parallel.For(0, shapes.Count, image =>
        {
            proposals[image] = SelectImage<T>(
                scores.AsSpan(image * count, count),
                deltas.AsSpan(image * count * 4, count * 4),
                anchors.LevelsOf(image),
                shapes[image]
            );
        });
        return proposals;
    }

    private ImageProposals SelectImage<T>(ReadOnlySpan<T> scores, ReadOnlySpan<T> deltas, Boxes[] anchors, ImageShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var least = T.CreateTruncating(minSize);
        var boxes = new List<Corners<T>>();
        var boxScores = new List<T>();
        var levels = new List<long>();
        var first = 0;
        for (var level = 0; level < anchors.Length; level++)
        {
            var ofLevel = anchors[level].In<T>();
            foreach (var index in ScoreOrder.Falling(scores.Slice(first, ofLevel.Length), candidatesPerLevel))
            {
                var box = coder.Decode(ofLevel[index], deltas.Slice((first + index) * 4, 4)).Clip(shape.Height, shape.Width);
                if (!T.IsNegativeInfinity(scores[first + index]) && box.Width > least && box.Height > least)
                {
                    boxes.Add(box);
                    boxScores.Add(scores[first + index]);
                    levels.Add(level);
                }
            }

            first += ofLevel.Length;
        }

        var all = Boxes.Of(boxes.ToArray());
        var kept = NonMaximumSuppression.Keep<T>(
            all,
            boxScores.ToArray(),
            levels.ToArray(),
            double.CreateTruncating(T.CreateTruncating(nmsIou)),
            maxPerImage
        );
        return new ImageProposals(all.Select(kept), [.. kept.Select(index => float.CreateTruncating(boxScores[index]))]);
    }
}
