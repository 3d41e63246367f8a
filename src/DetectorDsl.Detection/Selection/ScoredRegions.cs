using System.Numerics;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Selection;

/// <summary>Makes scored RoIs of what a box head predicts.</summary>
public static class ScoredRegions
{
    /// <summary>The regions of a batch, with what a box head says of them. One copy of scores and deltas to the host.</summary>
    /// <param name="regions">P regions of each image; the rows below run over them in order.</param>
    /// <param name="scores">R x (C + 1), background last.</param>
    /// <param name="deltas">R x (C n), or R x n where boxes are class-agnostic; n numbers make a box.</param>
    /// <param name="decoder">Form of the boxes.</param>
    /// <param name="shapes">Sizes of the images.</param>
    /// <returns>The regions of each image.</returns>
    /// <exception cref="ArgumentException">Regions, scores and deltas do not fit each other.</exception>
    public static IScoredRegions[] Of(
        IReadOnlyList<Boxes> regions,
        Tensor scores,
        Tensor deltas,
        IBoxDecoder decoder,
        IReadOnlyList<ImageShape> shapes
    )
    {
        ArgumentNullException.ThrowIfNull(regions);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(deltas);
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(shapes);
        using var scope = NewDisposeScope();
        var (columns, width) = ((int)scores.shape[1], (int)deltas.shape[1]);
        var count = regions.Sum(boxes => boxes.Count);
        if (
            regions.Count != shapes.Count
            || scores.shape[0] != count
            || deltas.shape[0] != count
            || (width != decoder.Numbers && width != decoder.Numbers * (columns - 1))
        )
        {
            throw new ArgumentException(
                $"Scores [{string.Join(", ", scores.shape)}] and offsets [{string.Join(", ", deltas.shape)}] do not fit {count} proposals of {shapes.Count} images.",
                nameof(scores)
            );
        }

        return scores.dtype == ScalarType.Float64
            ? Split<double>(regions, scores, deltas, decoder, shapes)
            : Split<float>(regions, scores, deltas, decoder, shapes);
    }

    private static IScoredRegions[] Split<T>(
        IReadOnlyList<Boxes> regions,
        Tensor scores,
        Tensor deltas,
        IBoxDecoder decoder,
        IReadOnlyList<ImageShape> shapes
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (columns, width) = ((int)scores.shape[1], (int)deltas.shape[1]);
        var (scoreValues, deltaValues) = (
            TensorPrecision.Values<T>(scores).ToArray().AsMemory(),
            TensorPrecision.Values<T>(deltas).ToArray().AsMemory()
        );
        var scored = new IScoredRegions[regions.Count];
        var first = 0;
        for (var image = 0; image < scored.Length; image++)
        {
            var rows = regions[image].Count;
            scored[image] = new PredictedRegions<T>(
                shapes[image],
                regions[image].To<T>(),
                scoreValues.Slice(first * columns, rows * columns),
                deltaValues.Slice(first * width, rows * width),
                columns - 1,
                decoder,
                width != decoder.Numbers
            );
            first += rows;
        }

        return scored;
    }
}
