using System.Numerics;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;

namespace DetectorDsl.Detection.Selection;

/// <summary>Scored boxes of one image, of which the best become detections.</summary>
/// <param name="minSize">Least width and height in pixels; smaller boxes are not taken.</param>
internal sealed class DetectionCandidates<T>(double minSize)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<T> boxes = [];
    private readonly List<T> scores = [];
    private readonly List<long> labels = [];

    /// <summary>Takes a box, unless it is too small.</summary>
    public void Add(ReadOnlySpan<T> box, T score, int label)
    {
        var least = T.CreateTruncating(minSize);
        if (box[2] - box[0] >= least && box[3] - box[1] >= least)
        {
            boxes.AddRange(box);
            scores.Add(score);
            labels.Add(label);
        }
    }

    /// <summary>Suppresses per class and keeps the best of the image.</summary>
    public ImageDetections Select(double nmsIou, int maxPerImage, ImageShape shape)
    {
        var (boxValues, scoreValues, labelValues) = (boxes.ToArray(), scores.ToArray(), labels.ToArray());
        var chosen = NonMaximumSuppression.Keep<T>(
            boxValues,
            scoreValues,
            labelValues,
            double.CreateTruncating(T.CreateTruncating(nmsIou)),
            maxPerImage
        );
        var best = new T[chosen.Length * 4];
        for (var i = 0; i < chosen.Length; i++)
        {
            boxValues.AsSpan(chosen[i] * 4, 4).CopyTo(best.AsSpan(i * 4));
        }

        return new ImageDetections(
            shape,
            Precision.Of<T, float>(best),
            [.. chosen.Select(index => float.CreateTruncating(scoreValues[index]))],
            [.. chosen.Select(index => (int)labelValues[index])],
            null
        );
    }
}
