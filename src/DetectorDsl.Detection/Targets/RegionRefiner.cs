using System.Numerics;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Targets;

/// <summary>Moves regions to where a pass of a cascade sees their objects: the next pass looks there. No gradient flows through it.</summary>
/// <remarks>
/// Source: Cascade R-CNN (Cai, Vasconcelos 2018), section 4; mmdetection, bbox_head.py (refine_bboxes) and cascade_roi_head.py. A region whose numbers are undefined stays where it is.
/// </remarks>
public static class RegionRefiner
{
    /// <summary>Refines the regions of a training step. Those that are objects' own boxes are left out: the next pass adds such boxes itself.</summary>
    /// <param name="regions">Sampled regions, R over N images.</param>
    /// <param name="numbers">R x (C n), or R x n where boxes are class-agnostic; n numbers make a box.</param>
    /// <param name="scores">R x (C + 1), background last: a region on background takes the box of its best class. Null where boxes are class-agnostic.</param>
    /// <param name="decoder">Form of the boxes.</param>
    /// <param name="shapes">Sizes of the N images, to which boxes are limited.</param>
    /// <returns>At most as many regions of each image as before, in their order and the numbers' precision.</returns>
    /// <exception cref="ArgumentException">Regions, scores and numbers do not fit each other.</exception>
    public static Boxes[] Refine(
        RoiTargetSet regions,
        Tensor numbers,
        Tensor? scores,
        IBoxDecoder decoder,
        IReadOnlyList<ImageShape> shapes
    )
    {
        ArgumentNullException.ThrowIfNull(regions);
        var classes = scores is null ? null : Classes(scores, regions.Labels);
        var refined = Refine(regions.Rois.Images, numbers, classes, decoder, shapes);
        return [.. refined.Select((boxes, image) => Without(boxes, regions.AreTruths[image]))];
    }

    /// <summary>Refines all regions, at inference.</summary>
    /// <param name="regions">P regions of each of the N images; the rows below run over them in order, R in all.</param>
    /// <param name="numbers">R x (C n), or R x n where boxes are class-agnostic; n numbers make a box.</param>
    /// <param name="scores">R x (C + 1), background last: each region takes the box of its best class. Null where boxes are class-agnostic.</param>
    /// <param name="decoder">Form of the boxes.</param>
    /// <param name="shapes">Sizes of the N images, to which boxes are limited.</param>
    /// <returns>As many regions of each image as before, in their order and the numbers' precision.</returns>
    /// <exception cref="ArgumentException">Regions, scores and numbers do not fit each other.</exception>
    public static Boxes[] Refine(
        IReadOnlyList<Boxes> regions,
        Tensor numbers,
        Tensor? scores,
        IBoxDecoder decoder,
        IReadOnlyList<ImageShape> shapes
    ) => Refine(regions, numbers, scores is null ? null : Classes(scores, labels: null), decoder, shapes);

    private static Boxes[] Refine(
        IReadOnlyList<Boxes> regions,
        Tensor numbers,
        int[]? classes,
        IBoxDecoder decoder,
        IReadOnlyList<ImageShape> shapes
    )
    {
        ArgumentNullException.ThrowIfNull(regions);
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(shapes);
        var (count, width) = (regions.Sum(boxes => boxes.Count), (int)numbers.shape[1]);
        if (
            regions.Count != shapes.Count
            || numbers.shape[0] != count
            || (classes is null && width != decoder.Numbers)
            || (classes is not null && classes.Length != count)
        )
        {
            throw new ArgumentException(
                $"Offsets [{string.Join(", ", numbers.shape)}] {(classes is null ? "without scores" : $"with scores of {classes.Length} regions")} do not fit {count} regions of {shapes.Count} images.",
                nameof(numbers)
            );
        }

        return TensorPrecision.IsDouble(numbers)
            ? Decode<double>(regions, numbers, classes, decoder, shapes)
            : Decode<float>(regions, numbers, classes, decoder, shapes);
    }

    private static Boxes[] Decode<T>(
        IReadOnlyList<Boxes> regions,
        Tensor numbers,
        int[]? classes,
        IBoxDecoder decoder,
        IReadOnlyList<ImageShape> shapes
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scope = NewDisposeScope();
        ReadOnlySpan<T> values = TensorPrecision.Values<T>(numbers);
        var width = (int)numbers.shape[1];
        var refined = new Boxes[regions.Count];
        var row = 0;
        for (var image = 0; image < refined.Length; image++)
        {
            var given = regions[image].In<T>();
            var boxes = new Corners<T>[given.Length];
            for (var i = 0; i < boxes.Length; i++, row++)
            {
                var own = values.Slice((row * width) + ((classes?[row] ?? 0) * decoder.Numbers), decoder.Numbers);
                var box = decoder.Decode(given[i], own, shapes[image]);
                boxes[i] = box.IsFinite ? box : given[i];
            }

            refined[image] = Boxes.Of(boxes);
        }

        return refined;
    }

    /// <summary>The class whose box each region takes: its own where it lies on an object, else the best-scored one.</summary>
    private static int[] Classes(Tensor scores, Tensor? labels)
    {
        using var scope = NewDisposeScope();
        var foreground = (int)scores.shape[1] - 1;
        var values = CpuMemory.Span<double>(CpuMemory.Contiguous(scores, ScalarType.Float64));
        long[] given = labels is null ? [] : HostOrigin.Numbers(labels);
        var classes = new int[scores.shape[0]];
        for (var region = 0; region < classes.Length; region++)
        {
            classes[region] =
                region < given.Length && given[region] < foreground
                    ? (int)given[region]
                    : Best(values.Slice(region * (foreground + 1), foreground));
        }

        return classes;
    }

    private static int Best(ReadOnlySpan<double> scores)
    {
        var best = 0;
        for (var label = 1; label < scores.Length; label++)
        {
            best = scores[label] > scores[best] ? label : best;
        }

        return best;
    }

    private static Boxes Without(Boxes boxes, bool[] dropped) =>
        boxes.Select([.. Enumerable.Range(0, dropped.Length).Where(region => !dropped[region])]);
}
