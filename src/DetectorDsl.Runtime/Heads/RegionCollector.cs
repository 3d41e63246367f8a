using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Heads;

/// <summary>Puts the chosen regions of a batch's images, in order, into one set of targets.</summary>
internal sealed class RegionCollector(IBoxCoder coder, int classes)
{
    private readonly List<float> rois = [];
    private readonly List<long> labels = [];
    private readonly List<long> positiveRows = [];
    private readonly List<long> positiveLabels = [];
    private readonly List<float> positiveBoxes = [];
    private readonly List<float> targets = [];
    private readonly List<float> weights = [];
    private readonly List<long[]> matched = [];
    private readonly List<float[]> regions = [];
    private readonly List<bool[]> areTruths = [];
    private readonly float[] target = new float[coder.TargetNumbers];
    private bool isWeighted;

    /// <summary>Takes in the next image.</summary>
    public void Add(RegionCandidates candidates, GroundTruth truth, BoxSample sample)
    {
        var objects = candidates.Assignment.Matched;
        foreach (var box in sample.Positive)
        {
            coder.EncodeTarget(candidates.Box(box), truth.Boxes.AsSpan(objects[box] * 4, 4), target);
            targets.AddRange(target);
            positiveRows.Add(labels.Count);
            positiveLabels.Add(truth.Labels[objects[box]]);
            positiveBoxes.AddRange(candidates.Box(box));
            Add(candidates.Box(box), truth.Labels[objects[box]], 1);
        }

        for (var i = 0; i < sample.Negative.Length; i++)
        {
            Add(candidates.Box(sample.Negative[i]), classes, sample.NegativeWeights?[i] ?? 1);
        }

        isWeighted |= sample.NegativeWeights is not null;
        int[] chosen = [.. sample.Positive, .. sample.Negative];
        matched.Add([.. sample.Positive.Select(box => (long)objects[box])]);
        regions.Add([.. chosen.SelectMany(box => candidates.Box(box).ToArray())]);
        areTruths.Add([.. chosen.Select(box => box < candidates.Truths)]);
    }

    /// <summary>The targets of all images.</summary>
    public RoiTargetSet Collect(Device device) => new(
        tensor(rois.ToArray(), [labels.Count, 5], device: device),
        tensor(labels.ToArray(), device: device),
        tensor(positiveRows.ToArray(), device: device),
        tensor(positiveLabels.ToArray(), device: device),
        tensor(targets.ToArray(), [positiveRows.Count, coder.TargetNumbers], device: device),
        [.. matched],
        [.. positiveBoxes])
    {
        Regions = regions,
        AreTruths = areTruths,
        Weights = isWeighted ? tensor(weights.ToArray(), device: device) : null,
    };

    private void Add(ReadOnlySpan<float> box, long label, float weight)
    {
        rois.Add(matched.Count);
        rois.AddRange(box);
        labels.Add(label);
        weights.Add(weight);
    }
}
