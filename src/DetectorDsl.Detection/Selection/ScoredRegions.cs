using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Boxes;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Selection;

/// <summary>Regions with the scores and numbers that a box head predicts for them; a box is decoded when it is asked for, since few score enough.</summary>
public sealed class ScoredRegions : IScoredRegions
{
    private readonly float[] regions;
    private readonly ReadOnlyMemory<float> scores;
    private readonly ReadOnlyMemory<float> numbers;
    private readonly IBoxDecoder decoder;
    private readonly bool perClass;

    // One box for all classes is decoded once, however many classes score: four numbers and the confidence, once they are known.
    private readonly float[] shared;
    private readonly bool[] isKnown;

    private ScoredRegions(
        ImageShape shape,
        float[] regions,
        ReadOnlyMemory<float> scores,
        ReadOnlyMemory<float> numbers,
        int classes,
        IBoxDecoder decoder,
        bool perClass
    )
    {
        (Shape, this.regions, this.scores, this.numbers, Classes) = (shape, regions, scores, numbers, classes);
        (this.decoder, this.perClass) = (decoder, perClass);
        (shared, isKnown) = perClass ? ([], []) : (new float[Count * 5], new bool[Count]);
    }

    /// <inheritdoc />
    public ImageShape Shape { get; }

    /// <inheritdoc />
    public int Count => regions.Length / 4;

    /// <inheritdoc />
    public int Classes { get; }

    /// <inheritdoc />
    public ReadOnlySpan<float> Scores => scores.Span;

    /// <summary>The regions of a batch, with what a box head says of them. One copy of scores and numbers to the host.</summary>
    /// <param name="regions">P regions of each image; the rows below run over them in order.</param>
    /// <param name="scores">R x (C + 1), background last.</param>
    /// <param name="numbers">R x (C n), or R x n where boxes are class-agnostic; n numbers make a box.</param>
    /// <param name="decoder">Form of the boxes.</param>
    /// <param name="shapes">Sizes of the images.</param>
    /// <returns>The regions of each image.</returns>
    /// <exception cref="ArgumentException">Regions, scores and numbers do not fit each other.</exception>
    public static IScoredRegions[] Of(
        IReadOnlyList<HostBoxes> regions,
        Tensor scores,
        Tensor numbers,
        IBoxDecoder decoder,
        IReadOnlyList<ImageShape> shapes
    )
    {
        ArgumentNullException.ThrowIfNull(regions);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(shapes);
        using var scope = NewDisposeScope();
        var (columns, width) = ((int)scores.shape[1], (int)numbers.shape[1]);
        var count = regions.Sum(boxes => boxes.Count);
        if (
            regions.Count != shapes.Count
            || scores.shape[0] != count
            || numbers.shape[0] != count
            || (width != decoder.Numbers && width != decoder.Numbers * (columns - 1))
        )
        {
            throw new ArgumentException(
                $"Scores [{string.Join(", ", scores.shape)}] and offsets [{string.Join(", ", numbers.shape)}] do not fit {count} proposals of {shapes.Count} images.",
                nameof(scores)
            );
        }

        var scoreValues = CpuMemory.Span<float>(CpuMemory.Contiguous(scores, ScalarType.Float32)).ToArray().AsMemory();
        var numberValues = CpuMemory.Span<float>(CpuMemory.Contiguous(numbers, ScalarType.Float32)).ToArray().AsMemory();
        var scored = new IScoredRegions[regions.Count];
        var first = 0;
        for (var image = 0; image < scored.Length; image++)
        {
            var rows = regions[image].Count;
            scored[image] = new ScoredRegions(
                shapes[image],
                regions[image].In<float>(),
                scoreValues.Slice(first * columns, rows * columns),
                numberValues.Slice(first * width, rows * width),
                columns - 1,
                decoder,
                width != decoder.Numbers
            );
            first += rows;
        }

        return scored;
    }

    /// <inheritdoc />
    public void Box(int region, int label, Span<float> box)
    {
        if (perClass)
        {
            Decode(region, label, box);
        }
        else
        {
            Shared(region)[..4].CopyTo(box);
        }
    }

    /// <inheritdoc />
    public float Confidence(int region, int label) => perClass ? decoder.Confidence(NumbersOf(region, label)) : Shared(region)[4];

    private ReadOnlySpan<float> Shared(int region)
    {
        var values = shared.AsSpan(region * 5, 5);
        if (!Volatile.Read(ref isKnown[region]))
        {
            Decode(region, 0, values[..4]);
            values[4] = decoder.Confidence(NumbersOf(region, 0));
            Volatile.Write(ref isKnown[region], true);
        }

        return values;
    }

    private void Decode(int region, int label, Span<float> box) =>
        decoder.DecodeWithin(regions.AsSpan(region * 4, 4), NumbersOf(region, label), Shape.Height, Shape.Width, box);

    private ReadOnlySpan<float> NumbersOf(int region, int label) =>
        numbers.Span.Slice((perClass ? (region * Classes) + label : region) * decoder.Numbers, decoder.Numbers);
}
