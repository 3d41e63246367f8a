using System.Numerics.Tensors;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Detection.Selection;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Inference;

/// <summary>The same regions as several copies of an image see them: mean scores, mean boxes in the common frame.</summary>
internal sealed class AveragedRegions : IScoredRegions
{
    private readonly IReadOnlyList<(IScoredRegions Regions, CopyFrame Frame)> copies;
    private readonly float[] scores;

    /// <param name="copies">What each copy makes of the regions, and its frame; at least one.</param>
    /// <param name="common">The common frame.</param>
    public AveragedRegions(IReadOnlyList<(IScoredRegions Regions, CopyFrame Frame)> copies, ImageShape common)
    {
        (this.copies, Shape) = (copies, common);
        scores = copies[0].Regions.Scores.ToArray();
        foreach (var (regions, _) in copies.Skip(1))
        {
            TensorPrimitives.Add(scores, regions.Scores, scores);
        }

        TensorPrimitives.Divide(scores, copies.Count, scores);
    }

    public ImageShape Shape { get; }

    public int Count => copies[0].Regions.Count;

    public int Classes => copies[0].Regions.Classes;

    public ReadOnlySpan<float> Scores => scores;

    public void Box(int region, int label, Span<float> box)
    {
        Span<double> sum = stackalloc double[4];
        sum.Clear();
        foreach (var (regions, frame) in copies)
        {
            regions.Box(region, label, box);
            frame.ToCommon(box);
            for (var i = 0; i < 4; i++)
            {
                sum[i] += box[i];
            }
        }

        for (var i = 0; i < 4; i++)
        {
            box[i] = (float)(sum[i] / copies.Count);
        }
    }

    public float Confidence(int region, int label)
    {
        var sum = 0f;
        foreach (var (regions, _) in copies)
        {
            sum += regions.Confidence(region, label);
        }

        return sum / copies.Count;
    }
}
