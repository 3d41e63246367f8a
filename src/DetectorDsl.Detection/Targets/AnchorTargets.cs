using System.Numerics;
using DetectorDsl.Detection.Anchors;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Targets;

/// <summary>What a dense head with anchors is trained towards: the class of every anchor, and the offsets of the positive ones.</summary>
/// <remarks>Source: RetinaNet, section 4; mmdetection, anchor_head.py; torchvision, retinanet.py.</remarks>
/// <param name="assigner">Which anchors are positive.</param>
/// <param name="coder">Form of the offsets.</param>
/// <param name="classes">C; the label of background.</param>
/// <param name="normalizePerImage">
/// Whether losses are divided by the positive anchors of each image, then by the number of images, or by those of the batch; an image counts as one at least in either case.
/// </param>
/// <param name="inPadding">
/// Whether anchors take part, too, whose place is in what the batch adds to an image's own padding (torchvision), or not (false, default; mmdetection, anchor_generator.py, valid_flags).
/// </param>
public sealed class AnchorTargets(IBoxAssigner assigner, DeltaBoxCoder coder, int classes, bool normalizePerImage, bool inPadding = false)
{
    private readonly AnchorBounds bounds = new(inPadding: inPadding);

    /// <summary>Computes the targets.</summary>
    /// <param name="anchors">K anchors of each image; in their precision targets are computed.</param>
    /// <param name="truths">Objects of the N images.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <param name="device">Device of the results.</param>
    /// <returns>The targets.</returns>
    public DenseTargetSet Compute(ImageAnchors anchors, IReadOnlyList<GroundTruth> truths, IReadOnlyList<ImageShape> shapes, Device device)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(truths);
        ArgumentNullException.ThrowIfNull(shapes);
        return anchors.AreDouble ? Compute<double>(anchors, truths, shapes, device) : Compute<float>(anchors, truths, shapes, device);
    }

    private DenseTargetSet Compute<T>(
        ImageAnchors anchors,
        IReadOnlyList<GroundTruth> truths,
        IReadOnlyList<ImageShape> shapes,
        Device device
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = anchors.CountOf(0);
        var assigned = bounds.Assign(anchors, truths, shapes, assigner);
        var labels = new long[truths.Count * count];
        var weights = new T[labels.Length];
        var (positive, deltas, positiveWeights) = (new List<long>(), new List<T>(), new List<T>());
        var (positiveBoxes, objects, divisor) = (new List<Corners<T>>(), new List<long>(), 0);
        Span<T> delta = stackalloc T[4];
        for (var image = 0; image < truths.Count; image++)
        {
            var positives = Math.Max(1, assigned[image].Matched.Count(matched => matched >= 0));
            var weight = normalizePerImage ? T.One / T.CreateTruncating(truths.Count * positives) : T.One;
            var own = anchors.Of(image).In<T>();
            var boxes = truths[image].Boxes.In<T>();
            divisor += positives;
            for (var anchor = 0; anchor < count; anchor++)
            {
                var (row, matched) = ((image * count) + anchor, assigned[image].Matched[anchor]);
                labels[row] = matched >= 0 ? truths[image].Labels[matched] : classes;
                weights[row] = matched == Assignment.Ignored ? T.Zero : weight;
                if (matched >= 0)
                {
                    coder.Encode(own[anchor], boxes[matched], delta);
                    positive.Add(row);
                    deltas.AddRange(delta);
                    positiveWeights.Add(weight);
                    positiveBoxes.Add(own[anchor]);
                    objects.Add(((long)image << 32) + matched);
                }
            }
        }

        return new DenseTargetSet(
            HostOrigin.Upload(labels, device),
            TensorPrecision.ToTensor(weights, [weights.Length], device),
            tensor(positive.ToArray(), device: device),
            TensorPrecision.ToTensor(deltas.ToArray(), [positive.Count, 4], device),
            TensorPrecision.ToTensor(positiveWeights.ToArray(), [positive.Count], device),
            normalizePerImage ? 1 : divisor
        )
        {
            PositiveBoxes = Boxes.Of(positiveBoxes.ToArray()),
            Objects = [.. objects],
        };
    }
}

/// <summary>Targets of a dense head over a batch; indices run over N x K anchors.</summary>
/// <param name="Labels">N K classes, 0 to C.</param>
/// <param name="Weights">N K weights in the classification loss; 0 for anchors that no loss sees.</param>
/// <param name="Positive">P indices of the positive anchors.</param>
/// <param name="Offsets">P x 4.</param>
/// <param name="PositiveWeights">P weights in the loss of the offsets.</param>
/// <param name="Divisor">What both losses are divided by.</param>
public sealed record DenseTargetSet(Tensor Labels, Tensor Weights, Tensor Positive, Tensor Offsets, Tensor PositiveWeights, double Divisor)
{
    /// <summary>The P positive anchors on the host.</summary>
    public required Boxes PositiveBoxes { get; init; }

    /// <summary>The object of each positive anchor, P numbers that tell the objects of a batch apart.</summary>
    public required long[] Objects { get; init; }
}
