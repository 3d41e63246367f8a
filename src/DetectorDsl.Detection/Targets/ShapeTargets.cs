using System.Numerics;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Targets;

/// <summary>Which shapes anchors are to have: at places where some reference shape overlaps an object well, the object's.</summary>
/// <remarks>
/// A place's overlap with an object is the best of its reference shapes. Source: Wang et al. 2019, section 3.5; mmdetection, approx_max_iou_assigner.py and
/// guided_anchor_head.py, ga_shape_targets.
/// </remarks>
/// <param name="assigner">Which places are positive.</param>
/// <param name="sampler">Which places the loss sees; the negative ones count in its divisor alone.</param>
public sealed class ShapeTargets(MaxIouAssigner assigner, IBoxSampler sampler)
{
    private readonly AnchorBounds bounds = new();

    /// <summary>Chooses places and their objects.</summary>
    /// <param name="squares">Squares of each level, K in all; in their precision targets are computed.</param>
    /// <param name="references">Reference shapes of each level, as many for every square.</param>
    /// <param name="truths">Objects of the N images.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <param name="seed">Seed of this step's choice.</param>
    /// <param name="device">Device of the results.</param>
    /// <returns>The targets.</returns>
    public ShapeTargetSet Compute(
        IReadOnlyList<Boxes> squares,
        IReadOnlyList<Boxes> references,
        IReadOnlyList<GroundTruth> truths,
        IReadOnlyList<ImageShape> shapes,
        long seed,
        Device device
    )
    {
        ArgumentNullException.ThrowIfNull(squares);
        ArgumentNullException.ThrowIfNull(references);
        ArgumentNullException.ThrowIfNull(truths);
        ArgumentNullException.ThrowIfNull(shapes);
        return Boxes.AnyDouble(squares)
            ? Compute<double>(Boxes.Concat(squares), Boxes.Concat(references), truths, shapes, seed, device)
            : Compute<float>(Boxes.Concat(squares), Boxes.Concat(references), truths, shapes, seed, device);
    }

    private ShapeTargetSet Compute<T>(
        Boxes all,
        Boxes references,
        IReadOnlyList<GroundTruth> truths,
        IReadOnlyList<ImageShape> shapes,
        long seed,
        Device device
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = all.Count;
        var samples = new (BoxSample Sample, Assignment Assignment)[truths.Count];
        Parallel.For(0, truths.Count, image =>
        {
            var objects = truths[image].Boxes.In<T>().ToArray();
            var assignment = bounds.Assign(all, shapes[image], references, chosen =>
                assigner.Match<T>(objects.Length, chosen.Count / (references.Count / count), (g, overlaps) =>
                    Overlaps(chosen.In<T>(), objects[g], overlaps)
                )
            );
            samples[image] = (sampler.Sample(assignment, RandomSource.For(seed, image, 13)), assignment);
        });
        var (positive, chosen, targets, divisor) = (new List<long>(), new List<Corners<T>>(), new List<Corners<T>>(), 0);
        for (var image = 0; image < truths.Count; image++)
        {
            var (sample, assignment) = samples[image];
            var objects = truths[image].Boxes.In<T>();
            foreach (var place in sample.Positive)
            {
                positive.Add(((long)image * count) + place);
                chosen.Add(all.In<T>()[place]);
                targets.Add(objects[assignment.Matched[place]]);
            }

            divisor += Math.Max(sample.Positive.Length, 1) + Math.Max(sample.Negative.Length, 1);
        }

        return new ShapeTargetSet(
            tensor(positive.ToArray(), device: device),
            Boxes.Of(chosen.ToArray()).ToTensor(device),
            Boxes.Of(targets.ToArray()).ToTensor(device),
            divisor
        );
    }

    /// <summary>Each place's best overlap over its reference shapes.</summary>
    private static void Overlaps<T>(ReadOnlySpan<Corners<T>> references, Corners<T> target, Span<T> overlaps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var each = references.Length / Math.Max(1, overlaps.Length);
        for (var place = 0; place < overlaps.Length; place++)
        {
            var best = T.Zero;
            foreach (var shape in references.Slice(place * each, each))
            {
                best = T.Max(best, shape.Iou(target));
            }

            overlaps[place] = best;
        }
    }
}

/// <summary>Targets of the shapes over a batch; indices run over N x K places.</summary>
/// <param name="Positive">P indices of the positive places.</param>
/// <param name="Squares">P x 4: their squares.</param>
/// <param name="Boxes">P x 4: their objects.</param>
/// <param name="Divisor">What the loss is divided by: the sampled places, at least one of either kind for each image.</param>
public sealed record ShapeTargetSet(Tensor Positive, Tensor Squares, Tensor Boxes, double Divisor);
