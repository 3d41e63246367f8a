using DetectorDsl.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Heads;

/// <summary>What the first stage is trained towards: which anchors its losses see, and their targets.</summary>
/// <param name="assigner">Which anchors are positive.</param>
/// <param name="sampler">Which anchors the losses see.</param>
/// <param name="coder">Form of the offsets.</param>
/// <param name="allowedBorder">How far beyond its image, in pixels, an anchor may reach that takes part; below 0 (the default) every anchor does. Source: mmdetection, anchor/utils.py.</param>
public sealed class RpnTargets(IBoxAssigner assigner, IBoxSampler sampler, DeltaBoxCoder coder, int allowedBorder = -1)
{
    /// <summary>Chooses anchors and computes their targets.</summary>
    /// <param name="anchors">Anchors of each level, 4 numbers each; K in all.</param>
    /// <param name="truths">Objects of the N images.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <param name="seed">Seed of this step's choice.</param>
    /// <param name="device">Device of the results.</param>
    /// <returns>The targets.</returns>
    public RpnTargetSet Compute(IReadOnlyList<float[]> anchors, IReadOnlyList<GroundTruth> truths, IReadOnlyList<ImageShape> shapes, long seed, Device device)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(truths);
        ArgumentNullException.ThrowIfNull(shapes);
        var all = AnchorLevels.Together(anchors);
        var count = all.Length / 4;
        var samples = new (BoxSample Sample, Assignment Assignment)[truths.Count];
        Parallel.For(0, truths.Count, image =>
        {
            var assignment = Assign(all, truths[image], shapes[image]);
            samples[image] = (sampler.Sample(assignment, RandomSource.For(seed, image, 11)), assignment);
        });
        var sampled = new List<long>();
        var objectness = new List<float>();
        var positive = new List<long>();
        var deltas = new List<float>();
        Span<float> delta = stackalloc float[4];
        for (var image = 0; image < truths.Count; image++)
        {
            var (sample, assignment) = samples[image];
            foreach (var anchor in sample.Positive)
            {
                coder.Encode(all.AsSpan(anchor * 4, 4), truths[image].Boxes.AsSpan(assignment.Matched[anchor] * 4, 4), delta);
                positive.Add(((long)image * count) + anchor);
                deltas.AddRange(delta);
            }

            sampled.AddRange(sample.Positive.Concat(sample.Negative).Select(anchor => ((long)image * count) + anchor));
            objectness.AddRange(Enumerable.Repeat(1f, sample.Positive.Length).Concat(Enumerable.Repeat(0f, sample.Negative.Length)));
        }

        return new RpnTargetSet(
            tensor(sampled.ToArray(), device: device),
            tensor(objectness.ToArray(), device: device),
            tensor(positive.ToArray(), device: device),
            tensor(deltas.ToArray(), [positive.Count, 4], device: device));
    }

    // Only anchors that take part are assigned: an object keeps its best among these.
    private Assignment Assign(float[] anchors, GroundTruth truth, ImageShape shape)
    {
        if (allowedBorder < 0)
        {
            return assigner.Assign(anchors, truth.Boxes);
        }

        int[] inside = [.. Enumerable.Range(0, anchors.Length / 4).Where(anchor => IsInside(anchors.AsSpan(anchor * 4, 4), shape))];
        var boxes = new float[inside.Length * 4];
        for (var i = 0; i < inside.Length; i++)
        {
            anchors.AsSpan(inside[i] * 4, 4).CopyTo(boxes.AsSpan(i * 4));
        }

        var own = assigner.Assign(boxes, truth.Boxes);
        var (matched, overlaps) = (new int[anchors.Length / 4], new float[anchors.Length / 4]);
        Array.Fill(matched, Assignment.Ignored);
        for (var i = 0; i < inside.Length; i++)
        {
            (matched[inside[i]], overlaps[inside[i]]) = (own.Matched[i], own.Overlaps[i]);
        }

        return new Assignment(matched, overlaps);
    }

    private bool IsInside(ReadOnlySpan<float> anchor, ImageShape shape) =>
        anchor[0] >= -allowedBorder && anchor[1] >= -allowedBorder && anchor[2] < shape.Width + allowedBorder && anchor[3] < shape.Height + allowedBorder;
}

/// <summary>Targets of the first stage over a batch; indices run over N x K anchors.</summary>
/// <param name="Sampled">A indices of the sampled anchors.</param>
/// <param name="Objectness">A numbers: 1 on an object, else 0.</param>
/// <param name="Positive">P indices of the positive anchors.</param>
/// <param name="Offsets">P x 4.</param>
public sealed record RpnTargetSet(Tensor Sampled, Tensor Objectness, Tensor Positive, Tensor Offsets);
