using System.Numerics;
using System.Numerics.Tensors;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Detection.Selection;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Inference;

/// <summary>The same regions as several copies of an image see them: mean scores, mean boxes in the common frame.</summary>
internal sealed class AveragedRegions<T> : IScoredRegions<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IReadOnlyList<(IScoredRegions<T> Regions, CopyFrame Frame)> copies;
    private readonly T[] scores;

    /// <param name="copies">What each copy makes of the regions, and its frame; at least one.</param>
    /// <param name="common">The common frame.</param>
    public AveragedRegions(IReadOnlyList<(IScoredRegions<T> Regions, CopyFrame Frame)> copies, ImageShape common)
    {
        (this.copies, Shape) = (copies, common);
        scores = copies[0].Regions.Scores.ToArray();
        foreach (var (regions, _) in copies.Skip(1))
        {
            TensorPrimitives.Add(scores, regions.Scores, scores);
        }

        TensorPrimitives.Divide(scores, T.CreateTruncating(copies.Count), scores);
    }

    public ImageShape Shape { get; }

    public int Count => copies[0].Regions.Count;

    public int Classes => copies[0].Regions.Classes;

    public ReadOnlySpan<T> Scores => scores;

    public Corners<T> Box(int region, int label)
    {
        var (x1, y1, x2, y2) = (0.0, 0.0, 0.0, 0.0);
        foreach (var (regions, frame) in copies)
        {
            var box = frame.ToCommon(regions.Box(region, label)).To<double>();
            (x1, y1, x2, y2) = (x1 + box.X1, y1 + box.Y1, x2 + box.X2, y2 + box.Y2);
        }

        var count = copies.Count;
        return new Corners<double>(x1 / count, y1 / count, x2 / count, y2 / count).To<T>();
    }

    public T Confidence(int region, int label)
    {
        var sum = T.Zero;
        foreach (var (regions, _) in copies)
        {
            sum += regions.Confidence(region, label);
        }

        return sum / T.CreateTruncating(copies.Count);
    }
}
