using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Heads;

/// <summary>Puts the chosen regions of a batch's images, in order, into one set of targets.</summary>
internal sealed class RegionCollector(IRegionCoder coder, int classes)
{
    private readonly List<float> rois = [];
    private readonly List<long> labels = [];
    private readonly List<long> positiveRows = [];
    private readonly List<long> positiveLabels = [];
    private readonly List<float> targets = [];
    private readonly List<float> weights = [];
    private readonly List<long[]> matched = [];
    private bool isWeighted;

    /// <summary>Takes in the next image.</summary>
    public void Add(RegionCandidates candidates, GroundTruth truth, BoxSample sample)
    {
        var (boxes, assignment) = candidates;
        Span<float> numbers = stackalloc float[coder.Targets];
        foreach (var box in sample.Positive)
        {
            coder.Encode(boxes.AsSpan(box * 4, 4), truth.Boxes.AsSpan(assignment.Matched[box] * 4, 4), numbers);
            positiveRows.Add(labels.Count);
            targets.AddRange(numbers);
            Add(boxes.AsSpan(box * 4, 4), truth.Labels[assignment.Matched[box]], 1);
            positiveLabels.Add(labels[^1]);
        }

        for (var i = 0; i < sample.Negative.Length; i++)
        {
            Add(boxes.AsSpan(sample.Negative[i] * 4, 4), classes, sample.NegativeWeights?[i] ?? 1);
        }

        isWeighted |= sample.NegativeWeights is not null;
        matched.Add([.. sample.Positive.Select(box => (long)assignment.Matched[box])]);
    }

    /// <summary>The targets of all images.</summary>
    public RoiTargetSet Collect(Device device)
    {
        float[] regions = [.. rois];
        return new RoiTargetSet(
            tensor(regions, [labels.Count, 5], device: device),
            tensor(labels.ToArray(), device: device),
            tensor(positiveRows.ToArray(), device: device),
            tensor(positiveLabels.ToArray(), device: device),
            tensor(targets.ToArray(), [positiveRows.Count, coder.Targets], device: device),
            [.. matched],
            PositiveBoxes(regions))
        {
            Weights = isWeighted ? tensor(weights.ToArray(), device: device) : null,
        };
    }

    private void Add(ReadOnlySpan<float> box, long label, float weight)
    {
        rois.Add(matched.Count);
        rois.AddRange(box);
        labels.Add(label);
        weights.Add(weight);
    }

    private float[] PositiveBoxes(float[] regions)
    {
        var boxes = new float[positiveRows.Count * 4];
        for (var i = 0; i < positiveRows.Count; i++)
        {
            regions.AsSpan((int)(positiveRows[i] * 5) + 1, 4).CopyTo(boxes.AsSpan(i * 4));
        }

        return boxes;
    }
}
