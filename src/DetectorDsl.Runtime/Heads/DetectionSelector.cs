using DetectorDsl.Runtime.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Heads;

/// <summary>Turns the second stage's outputs into detections: threshold, suppression per class, best of the image.</summary>
/// <remarks>Source: mmdetection, bbox_head.py and bbox_nms.py. One copy of scores and offsets to the host.</remarks>
/// <param name="scoreThreshold">Pairs of box and class must score more than this.</param>
/// <param name="nmsIou">Overlap above which the weaker of two boxes of a class falls.</param>
/// <param name="maxPerImage">Detections kept per image.</param>
/// <param name="coder">Form of the boxes; what it says of their certainty is multiplied into scores above the threshold.</param>
/// <param name="minSize">Least width and height of a box in pixels.</param>
public sealed class DetectionSelector(double scoreThreshold, double nmsIou, int maxPerImage, IRegionCoder coder, double minSize = 0)
{
    /// <summary>Selects the detections of a batch.</summary>
    /// <param name="proposals">P x 4 numbers of each image; the rows below run over them in order.</param>
    /// <param name="scores">R x (C + 1), background last.</param>
    /// <param name="offsets">R x C times the coder's numbers, or R x these where boxes are class-agnostic.</param>
    /// <param name="shapes">Sizes of the images.</param>
    /// <returns>For each image boxes in pixels of the resized image, without masks.</returns>
    /// <exception cref="ArgumentException">Proposals, scores and offsets do not fit each other.</exception>
    public ImageDetections[] Select(IReadOnlyList<float[]> proposals, Tensor scores, Tensor offsets, IReadOnlyList<ImageShape> shapes)
    {
        ArgumentNullException.ThrowIfNull(proposals);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(offsets);
        ArgumentNullException.ThrowIfNull(shapes);
        using var scope = NewDisposeScope();
        var (columns, width) = ((int)scores.shape[1], (int)offsets.shape[1]);
        if (proposals.Count != shapes.Count || scores.shape[0] != proposals.Sum(boxes => boxes.Length / 4) || offsets.shape[0] != scores.shape[0] || (width != coder.Predictions && width != coder.Predictions * (columns - 1)))
        {
            throw new ArgumentException($"Scores [{string.Join(", ", scores.shape)}] and offsets [{string.Join(", ", offsets.shape)}] do not fit {proposals.Sum(boxes => boxes.Length / 4)} proposals of {shapes.Count} images.", nameof(scores));
        }

        var scoreValues = CpuMemory.Span<float>(CpuMemory.Contiguous(scores, ScalarType.Float32)).ToArray();
        var offsetValues = CpuMemory.Span<float>(CpuMemory.Contiguous(offsets, ScalarType.Float32)).ToArray();
        var starts = new int[proposals.Count];
        for (var image = 1; image < proposals.Count; image++)
        {
            starts[image] = starts[image - 1] + (proposals[image - 1].Length / 4);
        }

        var detections = new ImageDetections[proposals.Count];
        Parallel.For(0, proposals.Count, image => detections[image] = SelectImage(
            proposals[image],
            scoreValues.AsSpan(starts[image] * columns, proposals[image].Length / 4 * columns),
            columns - 1,
            offsetValues.AsSpan(starts[image] * width, proposals[image].Length / 4 * width),
            width,
            shapes[image]));
        return detections;
    }

    private ImageDetections SelectImage(ReadOnlySpan<float> proposals, ReadOnlySpan<float> scores, int classes, ReadOnlySpan<float> offsets, int width, ImageShape shape)
    {
        var candidates = new DetectionCandidates(minSize);
        var size = coder.Predictions;
        var isShared = width == size;
        Span<float> box = stackalloc float[4];
        var confidence = 1f;
        for (var row = 0; row < proposals.Length / 4; row++)
        {
            var isDecoded = false;
            for (var label = 0; label < classes; label++)
            {
                var score = scores[(row * (classes + 1)) + label];
                if (score > scoreThreshold)
                {
                    if (!isDecoded)
                    {
                        var numbers = offsets.Slice((row * width) + (isShared ? 0 : label * size), size);
                        coder.DecodeWithin(proposals.Slice(row * 4, 4), numbers, shape.Height, shape.Width, box);
                        confidence = coder.Confidence(numbers);
                        isDecoded = isShared;
                    }

                    candidates.Add(box, score * confidence, label);
                }
            }
        }

        return candidates.Select(nmsIou, maxPerImage, shape);
    }
}
