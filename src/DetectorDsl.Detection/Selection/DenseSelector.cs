using System.Numerics;
using DetectorDsl.Detection.Anchors;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Selection;

/// <summary>Turns a dense head's outputs into detections: threshold, best of each level, suppression per class, best of the image.</summary>
/// <remarks>Source: mmdetection, base_dense_head.py; torchvision, retinanet.py and fcos.py. One copy of scores and boxes of each image to the host.</remarks>
/// <param name="candidatesPerLevel">Best-scored pairs of location and class of each level that take part.</param>
/// <param name="scoreThreshold">Pairs must score more than this.</param>
/// <param name="nmsIou">NMS threshold: IoU above which the weaker of two boxes of a class is suppressed.</param>
/// <param name="maxPerImage">Detections kept per image.</param>
/// <param name="minSize">Least width and height of a box in pixels.</param>
/// <param name="decoder">Turns what the head predicts into boxes.</param>
public sealed class DenseSelector(
    int candidatesPerLevel,
    double scoreThreshold,
    double nmsIou,
    int maxPerImage,
    double minSize,
    IBoxDecoder decoder
)
{
    /// <summary>Selects the detections of a batch.</summary>
    /// <param name="scores">N x K x C or N x K x (C + 1), where a last column for background is not looked at; K runs over the levels one after the other.</param>
    /// <param name="factors">N x K: what the scores of chosen candidates are multiplied by before suppression; null for 1.</param>
    /// <param name="deltas">N x K x 4: what the head predicts for boxes.</param>
    /// <param name="anchors">K anchors, or cells of locations, of each image.</param>
    /// <param name="classes">C.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <returns>For each image boxes in pixels of the resized image, without masks.</returns>
    /// <exception cref="ArgumentException">Scores, boxes and images do not fit each other.</exception>
    public ImageDetections[] Select(
        Tensor scores,
        Tensor? factors,
        Tensor deltas,
        ImageAnchors anchors,
        int classes,
        IReadOnlyList<ImageShape> shapes
    )
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(deltas);
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(shapes);
        var (count, columns) = ((int)scores.shape[1], (int)scores.shape[2]);
        anchors.Check(shapes.Count, count);
        if (scores.shape[0] != shapes.Count || columns < classes || deltas.numel() != (long)shapes.Count * count * 4)
        {
            throw new ArgumentException(
                $"Scores [{string.Join(", ", scores.shape)}] and boxes [{string.Join(", ", deltas.shape)}] do not fit {shapes.Count} images of {count} anchors and {classes} classes.",
                nameof(scores)
            );
        }

        // Image by image: scores of a thousand classes at every location of a batch are more than a span can hold.
        var detections = new ImageDetections[shapes.Count];
        Parallel.For(0, shapes.Count, image =>
        {
            using var ofImage = NewDisposeScope();
            detections[image] = TensorPrecision.IsDouble(deltas)
                ? SelectImage<double>(
                    scores[image],
                    columns,
                    factors?[image],
                    deltas[image],
                    anchors.LevelsOf(image),
                    classes,
                    shapes[image]
                )
                : SelectImage<float>(
                    scores[image],
                    columns,
                    factors?[image],
                    deltas[image],
                    anchors.LevelsOf(image),
                    classes,
                    shapes[image]
                );
        });
        return detections;
    }

    private ImageDetections SelectImage<T>(
        Tensor ofScores,
        int columns,
        Tensor? ofFactors,
        Tensor ofDeltas,
        Boxes[] levels,
        int classes,
        ImageShape shape
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> scores = TensorPrecision.Values<T>(ofScores);
        ReadOnlySpan<T> factors = ofFactors is null ? [] : TensorPrecision.Values<T>(ofFactors);
        ReadOnlySpan<T> deltas = TensorPrecision.Values<T>(ofDeltas);
        var candidates = new DetectionCandidates<T>(minSize);
        var first = 0;
        foreach (var level in levels)
        {
            var boxes = level.In<T>();
            foreach (var (anchor, label, score) in Best(scores.Slice(first * columns, boxes.Length * columns), columns, classes))
            {
                var box = decoder.Decode(boxes[anchor], deltas.Slice((first + anchor) * 4, 4), shape);
                candidates.Add(box, factors.IsEmpty ? score : score * factors[first + anchor], label);
            }

            first += boxes.Length;
        }

        return candidates.Select(nmsIou, maxPerImage, shape);
    }

    private List<(int Location, int Label, T Score)> Best<T>(ReadOnlySpan<T> scores, int columns, int classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var threshold = T.CreateTruncating(scoreThreshold);
        var above = new List<(int Location, int Label, T Score)>();
        for (var location = 0; location < scores.Length / columns; location++)
        {
            var row = scores.Slice(location * columns, classes);
            for (var label = 0; label < row.Length; label++)
            {
                if (row[label] > threshold)
                {
                    above.Add((location, label, row[label]));
                }
            }
        }

        return
        [
            .. ScoreOrder.Falling<T>([.. above.Select(candidate => candidate.Score)], candidatesPerLevel).Select(index => above[index]),
        ];
    }
}
