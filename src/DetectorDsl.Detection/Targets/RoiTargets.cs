using System.Numerics;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Boxes;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Targets;

/// <summary>What the second stage is trained towards: which regions its losses see, and their targets.</summary>
/// <param name="assigner">Which proposals are positive.</param>
/// <param name="sampler">Which proposals the losses see.</param>
/// <param name="coder">Form of the box regression.</param>
/// <param name="classes">C; the label of background.</param>
public sealed class RoiTargets(IBoxAssigner assigner, IBoxSampler sampler, IBoxCoder coder, int classes)
{
    /// <summary>Chooses regions and computes their targets.</summary>
    /// <param name="proposals">Proposals of each of the N images; in their precision targets are computed.</param>
    /// <param name="truths">Objects of the N images.</param>
    /// <param name="seed">Seed of this step's choice.</param>
    /// <param name="device">Device of the results.</param>
    /// <returns>The targets.</returns>
    public RoiTargetSet Compute(IReadOnlyList<HostBoxes> proposals, IReadOnlyList<GroundTruth> truths, long seed, Device device)
    {
        ArgumentNullException.ThrowIfNull(proposals);
        ArgumentNullException.ThrowIfNull(truths);
        return AnchorLevels.AreDouble(proposals)
            ? Compute<double>(proposals, truths, seed, device)
            : Compute<float>(proposals, truths, seed, device);
    }

    private RoiTargetSet Compute<T>(IReadOnlyList<HostBoxes> proposals, IReadOnlyList<GroundTruth> truths, long seed, Device device)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var collector = new RegionCollector<T>(coder, classes);
        for (var image = 0; image < truths.Count; image++)
        {
            var candidates = RegionCandidates<T>.Of(proposals[image].In<T>(), truths[image], assigner, sampler.AddGroundTruth);
            collector.Add(candidates, truths[image], sampler.Sample(candidates.Assignment, RandomSource.For(seed, image, 12)));
        }

        return collector.Collect(device);
    }
}

/// <summary>Targets of the second stage over a batch.</summary>
/// <param name="Rois">R x 5: image, x1, y1, x2, y2.</param>
/// <param name="Labels">R classes, 0 to C.</param>
/// <param name="PositiveRows">P rows of <paramref name="Rois" /> on objects, images in order.</param>
/// <param name="PositiveLabels">P classes.</param>
/// <param name="Offsets">P x 4, or what else the coder encodes.</param>
/// <param name="Matched">For each image the objects of its positive regions.</param>
/// <param name="PositiveBoxes">Their P boxes on the host.</param>
public sealed record RoiTargetSet(
    Tensor Rois,
    Tensor Labels,
    Tensor PositiveRows,
    Tensor PositiveLabels,
    Tensor Offsets,
    long[][] Matched,
    HostBoxes PositiveBoxes
)
{
    /// <summary>The regions of each image on the host, in the order of the rows.</summary>
    public required IReadOnlyList<HostBoxes> Regions { get; init; }

    /// <summary>For each image, which of its regions are objects' own boxes that joined the candidates.</summary>
    public required IReadOnlyList<bool[]> AreTruths { get; init; }

    /// <summary>R weights in the classification loss; null where all are 1.</summary>
    public Tensor? Weights { get; init; }

    /// <summary>Number of regions, R.</summary>
    public int Count => (int)Rois.shape[0];

    /// <summary>Number of positive regions, P.</summary>
    public int PositiveCount => (int)PositiveRows.shape[0];

    /// <summary>The object of each positive region, P numbers that tell the objects of a batch apart.</summary>
    public long[] Objects => [.. Matched.SelectMany((matched, image) => matched.Select(item => ((long)image << 32) + item))];

    /// <summary>Mask targets of the positive regions.</summary>
    /// <param name="truths">Objects of the images, with masks.</param>
    /// <param name="size">Cells per side, s.</param>
    /// <param name="aligned">Whether coordinates are shifted by half a pixel.</param>
    /// <param name="binary">Whether a cell is 1 from a coverage of one half on and 0 below, or keeps its coverage.</param>
    /// <returns>P x s x s, 0 to 1, on the device of the regions and in their precision.</returns>
    public Tensor MaskTargetsOf(IReadOnlyList<GroundTruth> truths, int size, bool aligned = true, bool binary = true)
    {
        ArgumentNullException.ThrowIfNull(truths);
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        var first = 0;
        for (var image = 0; image < truths.Count; image++)
        {
            var count = Matched[image].Length;
            if (count > 0)
            {
                var masks = truths[image].Masks
                    ?? throw new InvalidOperationException("A mask head needs objects with masks, and an image's objects have none.");
                parts.Add(
                    MaskTargets.Crop(
                        masks,
                        PositiveBoxes.ToTensor(first, count),
                        tensor(Matched[image]),
                        size,
                        aligned,
                        binary ? 0.5 : null
                    )
                );
            }

            first += count;
        }

        var targets = parts.Count == 0 ? zeros([0, size, size], dtype: PositiveBoxes.Type) : cat(parts, 0);
        return targets.to(Rois.device).MoveToOuterDisposeScope();
    }
}
