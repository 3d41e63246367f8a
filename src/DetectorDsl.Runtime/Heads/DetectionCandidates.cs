using DetectorDsl.Runtime.Operators;

namespace DetectorDsl.Runtime.Heads;

/// <summary>Scored boxes of one image, of which the best become detections.</summary>
/// <param name="minSize">Least width and height in pixels; smaller boxes are not taken.</param>
internal sealed class DetectionCandidates(double minSize)
{
    private readonly List<float> boxes = [];
    private readonly List<float> scores = [];
    private readonly List<long> labels = [];

    /// <summary>Takes a box, unless it is too small.</summary>
    public void Add(ReadOnlySpan<float> box, float score, int label)
    {
        if (box[2] - box[0] >= (float)minSize && box[3] - box[1] >= (float)minSize)
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
        var chosen = NonMaximumSuppression.Keep(boxValues, scoreValues, labelValues, (float)nmsIou, maxPerImage);
        var best = new float[chosen.Length * 4];
        for (var i = 0; i < chosen.Length; i++)
        {
            boxValues.AsSpan(chosen[i] * 4, 4).CopyTo(best.AsSpan(i * 4));
        }

        return new ImageDetections(shape, best, [.. chosen.Select(index => scoreValues[index])], [.. chosen.Select(index => (int)labelValues[index])], null);
    }
}
