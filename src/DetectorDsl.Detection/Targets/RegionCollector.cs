using System.Numerics;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Boxes;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Targets;

/// <summary>Puts the chosen regions of a batch's images, in order, into one set of targets.</summary>
internal sealed class RegionCollector<T>(IBoxCoder coder, int classes)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<T> rois = [];
    private readonly List<long> labels = [];
    private readonly List<long> positiveRows = [];
    private readonly List<long> positiveLabels = [];
    private readonly List<T> positiveBoxes = [];
    private readonly List<T> targets = [];
    private readonly List<T> weights = [];
    private readonly List<long[]> matched = [];
    private readonly List<HostBoxes> regions = [];
    private readonly List<bool[]> areTruths = [];
    private readonly T[] target = new T[coder.TargetNumbers];
    private bool isWeighted;

    /// <summary>Takes in the next image.</summary>
    public void Add(RegionCandidates<T> candidates, GroundTruth truth, BoxSample sample)
    {
        var boxes = truth.BoxesIn<T>();
        var objects = candidates.Assignment.Matched;
        foreach (var box in sample.Positive)
        {
            coder.EncodeTargetIn(candidates.Box(box), boxes.AsSpan(objects[box] * 4, 4), target);
            targets.AddRange(target);
            positiveRows.Add(labels.Count);
            positiveLabels.Add(truth.Labels[objects[box]]);
            positiveBoxes.AddRange(candidates.Box(box));
            Add(candidates.Box(box), truth.Labels[objects[box]], T.One);
        }

        for (var i = 0; i < sample.Negative.Length; i++)
        {
            Add(candidates.Box(sample.Negative[i]), classes, sample.NegativeWeights is { } own ? T.CreateTruncating(own[i]) : T.One);
        }

        isWeighted |= sample.NegativeWeights is not null;
        int[] chosen = [.. sample.Positive, .. sample.Negative];
        matched.Add([.. sample.Positive.Select(box => (long)objects[box])]);
        regions.Add(HostBoxes.FromArray<T>([.. chosen.SelectMany(box => candidates.Box(box).ToArray())]));
        areTruths.Add([.. chosen.Select(box => box < candidates.Truths)]);
    }

    /// <summary>The targets of all images.</summary>
    public RoiTargetSet Collect(Device device) =>
        new(
            TensorPrecision.ToTensor(rois.ToArray(), [labels.Count, 5], device),
            tensor(labels.ToArray(), device: device),
            tensor(positiveRows.ToArray(), device: device),
            tensor(positiveLabels.ToArray(), device: device),
            TensorPrecision.ToTensor(targets.ToArray(), [positiveRows.Count, coder.TargetNumbers], device),
            [.. matched],
            HostBoxes.FromArray(positiveBoxes.ToArray())
        )
        {
            Regions = regions,
            AreTruths = areTruths,
            Weights = isWeighted ? TensorPrecision.ToTensor(weights.ToArray(), [weights.Count], device) : null,
        };

    private void Add(ReadOnlySpan<T> box, long label, T weight)
    {
        rois.Add(T.CreateTruncating(matched.Count));
        rois.AddRange(box);
        labels.Add(label);
        weights.Add(weight);
    }
}
