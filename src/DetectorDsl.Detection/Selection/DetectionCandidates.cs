using System.Numerics;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;

namespace DetectorDsl.Detection.Selection;

/// <summary>Scored boxes of one image, of which the best become detections.</summary>
/// <param name="minSize">Least width and height in pixels; smaller boxes are not taken.</param>
internal sealed class DetectionCandidates<T>(double minSize)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<Corners<T>> boxes = [];
    private readonly List<T> scores = [];
    private readonly List<long> labels = [];

    /// <summary>Takes a box, unless it is too small.</summary>
    public void Add(Corners<T> box, T score, int label)
    {
        var least = T.CreateTruncating(minSize);
        if (box.Width >= least && box.Height >= least)
        {
            boxes.Add(box);
            scores.Add(score);
            labels.Add(label);
        }
    }

    /// <summary>Suppresses per class and keeps the best of the image.</summary>
    public ImageDetections Select(double nmsIou, int maxPerImage, ImageShape shape)
    {
        var (all, scoreValues, labelValues) = (Boxes.Of(boxes.ToArray()), scores.ToArray(), labels.ToArray());
        var chosen = NonMaximumSuppression.Keep<T>(
            all,
            scoreValues,
            labelValues,
            double.CreateTruncating(T.CreateTruncating(nmsIou)),
            maxPerImage
        );
        return new ImageDetections(
            shape,
            all.Select(chosen),
            [.. chosen.Select(index => float.CreateTruncating(scoreValues[index]))],
            [.. chosen.Select(index => (int)labelValues[index])],
            null
        );
    }
}
