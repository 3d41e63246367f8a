using DetectorDsl.Data;
using DetectorDsl.Runtime.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Heads;

/// <summary>What the second stage is trained towards: which regions its losses see, and their targets.</summary>
/// <param name="assigner">Which proposals are positive.</param>
/// <param name="sampler">Which proposals the losses see.</param>
/// <param name="coder">Form of the box regression.</param>
/// <param name="classes">C; the label of background.</param>
public sealed class RoiTargets(IBoxAssigner assigner, IBoxSampler sampler, IBoxCoder coder, int classes)
{
    /// <summary>Chooses regions and computes their targets.</summary>
    /// <param name="proposals">P x 4 numbers of each of the N images.</param>
    /// <param name="truths">Objects of the N images.</param>
    /// <param name="seed">Seed of this step's choice.</param>
    /// <param name="device">Device of the results.</param>
    /// <returns>The targets.</returns>
    public RoiTargetSet Compute(IReadOnlyList<float[]> proposals, IReadOnlyList<GroundTruth> truths, long seed, Device device)
    {
        ArgumentNullException.ThrowIfNull(proposals);
        ArgumentNullException.ThrowIfNull(truths);
        var rois = new List<float>();
        var labels = new List<long>();
        var positiveRows = new List<long>();
        var positiveLabels = new List<long>();
        var deltas = new List<float>();
        var matched = new long[truths.Count][];
        var delta = new float[coder.TargetNumbers];
        for (var image = 0; image < truths.Count; image++)
        {
            var truth = truths[image];
            float[] boxes = sampler.AddGroundTruth ? [.. truth.Boxes, .. proposals[image]] : proposals[image];
            var assignment = assigner.Assign(boxes, truth.Boxes);
            for (var g = 0; sampler.AddGroundTruth && g < truth.Count; g++)
            {
                // An object's own box is its own, whichever other one covers it as well.
                assignment.Matched[g] = g;
            }

            var sample = sampler.Sample(assignment, RandomSource.For(seed, image, 12));
            foreach (var box in sample.Positive)
            {
                coder.EncodeTarget(boxes.AsSpan(box * 4, 4), truth.Boxes.AsSpan(assignment.Matched[box] * 4, 4), delta);
                positiveRows.Add(labels.Count);
                deltas.AddRange(delta);
                Add(image, boxes.AsSpan(box * 4, 4), truth.Labels[assignment.Matched[box]]);
                positiveLabels.Add(labels[^1]);
            }

            foreach (var box in sample.Negative)
            {
                Add(image, boxes.AsSpan(box * 4, 4), classes);
            }

            matched[image] = [.. sample.Positive.Select(box => (long)assignment.Matched[box])];
        }

        float[] regions = [.. rois];
        return new RoiTargetSet(
            tensor(regions, [labels.Count, 5], device: device),
            tensor(labels.ToArray(), device: device),
            tensor(positiveRows.ToArray(), device: device),
            tensor(positiveLabels.ToArray(), device: device),
            tensor(deltas.ToArray(), [positiveRows.Count, coder.TargetNumbers], device: device),
            matched,
            PositiveBoxes(regions, positiveRows));

        void Add(int image, ReadOnlySpan<float> box, long label)
        {
            rois.Add(image);
            rois.AddRange(box);
            labels.Add(label);
        }
    }

    private static float[] PositiveBoxes(float[] rois, List<long> rows)
    {
        var boxes = new float[rows.Count * 4];
        for (var i = 0; i < rows.Count; i++)
        {
            rois.AsSpan((int)(rows[i] * 5) + 1, 4).CopyTo(boxes.AsSpan(i * 4));
        }

        return boxes;
    }
}

/// <summary>Targets of the second stage over a batch.</summary>
/// <param name="Rois">R x 5: image, x1, y1, x2, y2.</param>
/// <param name="Labels">R classes, 0 to C.</param>
/// <param name="PositiveRows">P rows of <paramref name="Rois" /> on objects, images in order.</param>
/// <param name="PositiveLabels">P classes.</param>
/// <param name="Offsets">P x 4, or what else the coder encodes.</param>
/// <param name="Matched">For each image the objects of its positive regions.</param>
/// <param name="PositiveBoxes">P x 4 numbers on the host.</param>
public sealed record RoiTargetSet(Tensor Rois, Tensor Labels, Tensor PositiveRows, Tensor PositiveLabels, Tensor Offsets, long[][] Matched, float[] PositiveBoxes)
{
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
    /// <returns>P x s x s, 0 to 1, on the device of the regions.</returns>
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
                var masks = truths[image].Masks ?? throw new InvalidOperationException("A mask head needs objects with masks, and an image's objects have none.");
                parts.Add(MaskTargets.Crop(masks, tensor(PositiveBoxes.AsSpan(first * 4, count * 4).ToArray(), [count, 4]), tensor(Matched[image]), size, aligned, binary ? 0.5 : null));
            }

            first += count;
        }

        var targets = parts.Count == 0 ? zeros([0, size, size]) : cat(parts, 0);
        return targets.to(Rois.device).MoveToOuterDisposeScope();
    }
}
