using System.Numerics;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Targets;

/// <summary>Puts the chosen RoIs of a batch's images, in order, into one set of targets.</summary>
internal sealed class RegionCollector<T>(IBoxCoder coder, int classes)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<Boxes> rois = [];
    private readonly List<bool[]> areTruths = [];
    private readonly List<long[]> matched = [];
    private readonly List<long> labels = [];
    private readonly List<long> positiveRows = [];
    private readonly List<long> positiveLabels = [];
    private readonly List<T> targets = [];
    private readonly List<T> weights = [];
    private readonly T[] target = new T[coder.TargetNumbers];
    private bool isWeighted;

    /// <summary>Takes in the next image.</summary>
    public void Add(RegionCandidates candidates, GroundTruth truth, BoxSample sample)
    {
        var boxes = candidates.Boxes.In<T>();
        var ownBoxes = truth.Boxes.In<T>();
        var objects = candidates.Assignment.Matched;
        foreach (var box in sample.Positive)
        {
            coder.Encode(boxes[box], ownBoxes[objects[box]], target);
            targets.AddRange(target);
            positiveRows.Add(labels.Count);
            positiveLabels.Add(truth.Labels[objects[box]]);
            Add(truth.Labels[objects[box]], T.One);
        }

        for (var i = 0; i < sample.Negative.Length; i++)
        {
            Add(classes, sample.NegativeWeights is { } own ? T.CreateTruncating(own[i]) : T.One);
        }

        isWeighted |= sample.NegativeWeights is not null;
        int[] chosen = [.. sample.Positive, .. sample.Negative];
        matched.Add([.. sample.Positive.Select(box => (long)objects[box])]);
        rois.Add(candidates.Boxes.Select(chosen));
        areTruths.Add([.. chosen.Select(box => box < candidates.Truths)]);
    }

    /// <summary>The targets of all images.</summary>
    public RoiTargetSet Collect(Device device) =>
        new(
            new Rois(rois),
            HostOrigin.Upload(labels.ToArray(), device),
            tensor(positiveRows.ToArray(), device: device),
            HostOrigin.Upload(positiveLabels.ToArray(), device),
            TensorPrecision.ToTensor(targets.ToArray(), [positiveRows.Count, coder.TargetNumbers], device),
            [.. matched]
        )
        {
            AreTruths = areTruths,
            Weights = isWeighted ? TensorPrecision.ToTensor(weights.ToArray(), [weights.Count], device) : null,
        };

    private void Add(long label, T weight)
    {
        labels.Add(label);
        weights.Add(weight);
    }
}
