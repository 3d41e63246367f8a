using System.Numerics;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Targets;
using DetectorDsl.Native;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Losses;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.PrimeSamples;

/// <summary>What the second stage is trained towards where the box head itself chooses the negatives that its losses see.</summary>
/// <param name="assigner">Which proposals are positive.</param>
/// <param name="sampler">Which proposals the losses see.</param>
/// <param name="coder">Form of the offsets.</param>
/// <param name="classes">C; the label of background.</param>
public sealed class ScoredRoiTargets(IBoxAssigner assigner, ScoreRankedBoxSampler sampler, DeltaBoxCoder coder, int classes)
{
    /// <summary>Samples RoIs and computes their targets and weights.</summary>
    /// <param name="proposals">Proposals of each of the N images; in their precision targets are computed.</param>
    /// <param name="truths">Objects of the N images.</param>
    /// <param name="seed">Seed of this step's choice.</param>
    /// <param name="device">Device of the results.</param>
    /// <param name="head">The box head on regions (image, x1, y1, x2, y2): logits and offsets; called without gradient.</param>
    /// <param name="loss">The classification loss.</param>
    /// <returns>The targets.</returns>
    public RoiTargetSet Compute(
        IReadOnlyList<Boxes> proposals,
        IReadOnlyList<GroundTruth> truths,
        long seed,
        Device device,
        Func<Rois, (Tensor Logits, Tensor Offsets)> head,
        IRegionLosses loss
    )
    {
        ArgumentNullException.ThrowIfNull(proposals);
        ArgumentNullException.ThrowIfNull(truths);
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(loss);
        return Boxes.AnyDouble(proposals)
            ? Compute<double>(Candidates<double>(proposals, truths), truths, seed, device, head, loss)
            : Compute<float>(Candidates<float>(proposals, truths), truths, seed, device, head, loss);
    }

    private RegionCandidates[] Candidates<T>(IReadOnlyList<Boxes> proposals, IReadOnlyList<GroundTruth> truths)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. truths.Select((truth, image) => RegionCandidates.Of(proposals[image].To<T>(), truth, assigner, sampler.AddGroundTruth))];

    private RoiTargetSet Compute<T>(
        RegionCandidates[] candidates,
        IReadOnlyList<GroundTruth> truths,
        long seed,
        Device device,
        Func<Rois, (Tensor Logits, Tensor Offsets)> head,
        IRegionLosses loss
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var negatives = Score<T>(candidates, device, head, loss);
        var collector = new RegionCollector<T>(coder, classes);
        for (var image = 0; image < candidates.Length; image++)
        {
            collector.Add(
                candidates[image],
                truths[image],
                sampler.Sample(candidates[image].Assignment, negatives[image], RandomSource.For(seed, image, 12))
            );
        }

        return collector.Collect(device);
    }

    // One call of the head for the negatives of all images.
    private NegativeRegions<T>[] Score<T>(
        RegionCandidates[] candidates,
        Device device,
        Func<Rois, (Tensor Logits, Tensor Offsets)> head,
        IRegionLosses loss
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[][] negatives = [.. candidates.Select(image => image.Negatives)];
        var rois = new Rois([.. negatives.Select((items, image) => candidates[image].Boxes.Select(items))]);
        var total = negatives.Sum(items => items.Length);
        if (total == 0)
        {
            return [.. negatives.Select(items => new NegativeRegions<T>(items, [], Boxes.Of<T>([]), []))];
        }

        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (logits, offsets) = head(rois);
        var (best, label) = loss.Scores(logits).narrow(1, 0, classes).max(1);
        var scores = TensorPrecision.Values<T>(best).ToArray();
        var losses = TensorPrecision
            .Values<T>(loss.RegionLosses(logits, full([total], Scalars.Of(classes), ScalarType.Int64, device)))
            .ToArray();
        var predicted = PredictedBoxes.Decode<T>(
            rois.All,
            BoxOffsets.OfClass(offsets, Arithmetic.Range(total, ScalarType.Int64, device), label),
            coder
        );
        var result = new NegativeRegions<T>[candidates.Length];
        var first = 0;
        for (var image = 0; image < result.Length; image++)
        {
            var last = first + negatives[image].Length;
            result[image] = new NegativeRegions<T>(
                negatives[image],
                scores[first..last],
                Boxes.Of(predicted[first..last]),
                losses[first..last]
            );
            first = last;
        }

        return result;
    }
}
