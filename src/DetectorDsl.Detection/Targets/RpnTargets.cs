using System.Numerics;
using DetectorDsl.Detection.Anchors;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Targets;

/// <summary>What the first stage is trained towards: which anchors its losses see, and their targets.</summary>
/// <param name="assigner">Which anchors are positive.</param>
/// <param name="sampler">Which anchors the losses see.</param>
/// <param name="coder">Form of the offsets.</param>
/// <param name="allowedBorder">How far beyond its image, in pixels, an anchor may reach that takes part; below 0 (the default) there is no such bound. Source: mmdetection, anchor/utils.py.</param>
/// <param name="inPadding">
/// Whether anchors take part, too, whose place is in what the batch adds to an image's own padding (torchvision), or not (false, default; mmdetection, anchor_generator.py, valid_flags).
/// </param>
/// <param name="exactDivisor">
/// Whether losses are divided by the sampled anchors (torchvision), or an image counts as at least one positive and one negative there (false, default; mmdetection, anchor_head.py).
/// </param>
public sealed class RpnTargets(
    IBoxAssigner assigner,
    IBoxSampler sampler,
    DeltaBoxCoder coder,
    int allowedBorder = -1,
    bool inPadding = false,
    bool exactDivisor = false
)
{
    private readonly AnchorBounds bounds = new(allowedBorder, inPadding);

    /// <summary>Chooses anchors and computes their targets.</summary>
    /// <param name="anchors">K anchors of each image; in their precision targets are computed.</param>
    /// <param name="truths">Objects of the N images.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <param name="seed">Seed of this step's choice.</param>
    /// <param name="device">Device of the results.</param>
    /// <returns>The targets.</returns>
    public RpnTargetSet Compute(
        ImageAnchors anchors,
        IReadOnlyList<GroundTruth> truths,
        IReadOnlyList<ImageShape> shapes,
        long seed,
        Device device
    )
    {
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(truths);
        ArgumentNullException.ThrowIfNull(shapes);
        return anchors.AreDouble
            ? Compute<double>(anchors, truths, shapes, seed, device)
            : Compute<float>(anchors, truths, shapes, seed, device);
    }

    private RpnTargetSet Compute<T>(
        ImageAnchors anchors,
        IReadOnlyList<GroundTruth> truths,
        IReadOnlyList<ImageShape> shapes,
        long seed,
        Device device
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var assignments = bounds.Assign(anchors, truths, shapes, assigner);
        var samples = new BoxSample[truths.Count];
        Parallel.For(0, truths.Count, image => samples[image] = sampler.Sample(assignments[image], RandomSource.For(seed, image, 11)));
        var sampled = new List<long>();
        var objectness = new List<float>();
        var positive = new List<long>();
        var deltas = new List<T>();
        Span<T> delta = stackalloc T[4];
        for (var image = 0; image < truths.Count; image++)
        {
            var (sample, assignment) = (samples[image], assignments[image]);
            var own = anchors.Of(image).In<T>();
            var objects = truths[image].Boxes.In<T>();
            var count = own.Length;
            foreach (var anchor in sample.Positive)
            {
                coder.Encode(own[anchor], objects[assignment.Matched[anchor]], delta);
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
            TensorPrecision.ToTensor(deltas.ToArray(), [positive.Count, 4], device),
            exactDivisor ? sampled.Count : samples.Sum(sample => Math.Max(1, sample.Positive.Length) + Math.Max(1, sample.Negative.Length))
        );
    }
}

/// <summary>Targets of the first stage over a batch; indices run over N x K anchors.</summary>
/// <param name="Sampled">A indices of the sampled anchors.</param>
/// <param name="Objectness">A numbers: 1 on an object, else 0.</param>
/// <param name="Positive">P indices of the positive anchors.</param>
/// <param name="Offsets">P x 4.</param>
/// <param name="Divisor">What both losses are divided by.</param>
public sealed record RpnTargetSet(Tensor Sampled, Tensor Objectness, Tensor Positive, Tensor Offsets, double Divisor);
