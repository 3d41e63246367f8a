using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Selection;

/// <summary>Regions with the scores and box deltas that a box head predicts for them; a box is decoded when it is asked for, since few score enough.</summary>
public sealed class ScoredRegions : IScoredRegions
{
    private readonly Boxes regions;
    private readonly ReadOnlyMemory<float> scores;
    private readonly ReadOnlyMemory<float> deltas;
    private readonly IBoxDecoder decoder;
    private readonly bool perClass;

    // One box for all classes is decoded once, however many classes score, and so is its confidence.
    private readonly (Corners<float> Box, float Confidence)[] shared;
    private readonly bool[] isKnown;

    private ScoredRegions(
        ImageShape shape,
        Boxes regions,
        ReadOnlyMemory<float> scores,
        ReadOnlyMemory<float> deltas,
        int classes,
        IBoxDecoder decoder,
        bool perClass
    )
    {
        (Shape, this.regions, this.scores, this.deltas, Classes) = (shape, regions, scores, deltas, classes);
        (this.decoder, this.perClass) = (decoder, perClass);
        (shared, isKnown) = perClass ? ([], []) : (new (Corners<float>, float)[Count], new bool[Count]);
    }

    /// <inheritdoc />
    public ImageShape Shape { get; }

    /// <inheritdoc />
    public int Count => regions.Count;

    /// <inheritdoc />
    public int Classes { get; }

    /// <inheritdoc />
    public ReadOnlySpan<float> Scores => scores.Span;

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

        var scoreValues = CpuMemory.Span<float>(CpuMemory.Contiguous(scores, ScalarType.Float32)).ToArray().AsMemory();
        var deltaValues = CpuMemory.Span<float>(CpuMemory.Contiguous(deltas, ScalarType.Float32)).ToArray().AsMemory();
        var scored = new IScoredRegions[regions.Count];
        var first = 0;
        for (var image = 0; image < scored.Length; image++)
        {
            var rows = regions[image].Count;
            scored[image] = new ScoredRegions(
                shapes[image],
                regions[image].To<float>(),
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

    /// <inheritdoc />
    public Corners<float> Box(int region, int label) => perClass ? Decode(region, label) : Shared(region).Box;

    /// <inheritdoc />
    public float Confidence(int region, int label) => perClass ? decoder.Confidence(DeltasOf(region, label)) : Shared(region).Confidence;

    private (Corners<float> Box, float Confidence) Shared(int region)
    {
        if (!Volatile.Read(ref isKnown[region]))
        {
            shared[region] = (Decode(region, 0), decoder.Confidence(DeltasOf(region, 0)));
            Volatile.Write(ref isKnown[region], true);
        }

        return shared[region];
    }

    private Corners<float> Decode(int region, int label) =>
        decoder.DecodeWithin(regions.In<float>()[region], DeltasOf(region, label), Shape.Height, Shape.Width);

    private ReadOnlySpan<float> DeltasOf(int region, int label) =>
        deltas.Span.Slice((perClass ? (region * Classes) + label : region) * decoder.Numbers, decoder.Numbers);
}
