using System.Numerics;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Targets;

/// <summary>What the second stage is trained towards: which RoIs its losses see, and their targets.</summary>
/// <param name="assigner">Which proposals are positive.</param>
/// <param name="sampler">Which proposals the losses see.</param>
/// <param name="coder">Form of the box regression.</param>
/// <param name="classes">C; the label of background.</param>
public sealed class RoiTargets(IBoxAssigner assigner, IBoxSampler sampler, IBoxCoder coder, int classes)
{
    /// <summary>Samples RoIs and computes their targets.</summary>
    /// <param name="proposals">Proposals of each of the N images; in their precision targets are computed.</param>
    /// <param name="truths">Objects of the N images.</param>
    /// <param name="seed">Seed of this step's choice.</param>
    /// <param name="device">Device of the results.</param>
    /// <returns>The targets.</returns>
    public RoiTargetSet Compute(IReadOnlyList<Boxes> proposals, IReadOnlyList<GroundTruth> truths, long seed, Device device)
    {
        ArgumentNullException.ThrowIfNull(proposals);
        ArgumentNullException.ThrowIfNull(truths);
        return Boxes.AnyDouble(proposals)
            ? Compute<double>(proposals, truths, seed, device)
            : Compute<float>(proposals, truths, seed, device);
    }

    private RoiTargetSet Compute<T>(IReadOnlyList<Boxes> proposals, IReadOnlyList<GroundTruth> truths, long seed, Device device)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var collector = new RegionCollector<T>(coder, classes);
        for (var image = 0; image < truths.Count; image++)
        {
            var candidates = RegionCandidates.Of(proposals[image].To<T>(), truths[image], assigner, sampler.AddGroundTruth);
            collector.Add(candidates, truths[image], sampler.Sample(candidates.Assignment, RandomSource.For(seed, image, 12)));
        }

        return collector.Collect(device);
    }
}

/// <summary>Targets of the second stage over a batch.</summary>
/// <param name="Rois">The R sampled RoIs; those on objects come first in each image.</param>
/// <param name="Labels">R classes, 0 to C.</param>
/// <param name="PositiveRows">P rows of RoIs on objects, images in order.</param>
/// <param name="PositiveLabels">P classes.</param>
/// <param name="Offsets">P x 4, or what else the coder encodes.</param>
/// <param name="Matched">For each image the objects of its positive RoIs.</param>
public sealed record RoiTargetSet(Rois Rois, Tensor Labels, Tensor PositiveRows, Tensor PositiveLabels, Tensor Offsets, long[][] Matched)
{
    /// <summary>The P positive RoIs.</summary>
    public Rois PositiveRois => Rois.First(image => Matched[image].Length);

    /// <summary>For each image, which of its RoIs are objects' own boxes that joined the candidates.</summary>
    public required IReadOnlyList<bool[]> AreTruths { get; init; }

    /// <summary>R weights in the classification loss; null where all are 1.</summary>
    public Tensor? Weights { get; init; }

    /// <summary>Number of RoIs, R.</summary>
    public int Count => Rois.Count;

    /// <summary>Number of positive RoIs, P.</summary>
    public int PositiveCount => (int)PositiveRows.shape[0];

    /// <summary>The object of each positive RoI, P numbers that tell the objects of a batch apart.</summary>
    public long[] Objects => [.. Matched.SelectMany((matched, image) => matched.Select(item => ((long)image << 32) + item))];

    /// <summary>Mask targets of the positive RoIs.</summary>
    /// <param name="truths">Objects of the images, with masks.</param>
    /// <param name="size">Cells per side, s.</param>
    /// <param name="aligned">Whether coordinates are shifted by half a pixel.</param>
    /// <param name="binary">Whether a cell is 1 from a coverage of one half on and 0 below, or keeps its coverage.</param>
    /// <returns>P x s x s, 0 to 1, on the device of the labels and in the RoIs' precision.</returns>
    public Tensor MaskTargetsOf(IReadOnlyList<GroundTruth> truths, int size, bool aligned = true, bool binary = true)
    {
        ArgumentNullException.ThrowIfNull(truths);
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        var rois = PositiveRois;
        for (var image = 0; image < truths.Count; image++)
        {
            if (Matched[image].Length > 0)
            {
                var masks = truths[image].Masks
                    ?? throw new InvalidOperationException("A mask head needs objects with masks, and an image's objects have none.");
                parts.Add(MaskTargets.Crop(masks, rois.Images[image], Matched[image], size, aligned, binary ? 0.5 : null));
            }
        }

        var targets = parts.Count == 0 ? zeros([0, size, size], dtype: rois.All.Type()) : cat(parts, 0);
        return targets.to(Labels.device).MoveToOuterDisposeScope();
    }
}
