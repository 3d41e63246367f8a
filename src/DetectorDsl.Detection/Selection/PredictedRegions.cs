using System.Numerics;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Selection;

/// <summary>RoIs with the scores and box deltas that a box head predicts for them; a box is decoded when it is asked for, since few score enough.</summary>
internal sealed class PredictedRegions<T> : IScoredRegions<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Boxes regions;
    private readonly ReadOnlyMemory<T> scores;
    private readonly ReadOnlyMemory<T> deltas;
    private readonly IBoxDecoder decoder;
    private readonly bool perClass;

    // One box for all classes is decoded once, however many classes score, and so is its confidence.
    private readonly (Corners<T> Box, T Confidence)[] shared;
    private readonly bool[] isKnown;

    public PredictedRegions(
        ImageShape shape,
        Boxes regions,
        ReadOnlyMemory<T> scores,
        ReadOnlyMemory<T> deltas,
        int classes,
        IBoxDecoder decoder,
        bool perClass
    )
    {
        (Shape, this.regions, this.scores, this.deltas, Classes) = (shape, regions, scores, deltas, classes);
        (this.decoder, this.perClass) = (decoder, perClass);
        (shared, isKnown) = perClass ? ([], []) : (new (Corners<T>, T)[Count], new bool[Count]);
    }

    /// <inheritdoc />
    public ImageShape Shape { get; }

    /// <inheritdoc />
    public int Count => regions.Count;

    /// <inheritdoc />
    public int Classes { get; }

    /// <inheritdoc />
    public ReadOnlySpan<T> Scores => scores.Span;

    /// <inheritdoc />
    public Corners<T> Box(int region, int label) => perClass ? Decode(region, label) : Shared(region).Box;

    /// <inheritdoc />
    public T Confidence(int region, int label) => perClass ? decoder.ConfidenceOf(DeltasOf(region, label)) : Shared(region).Confidence;

    private (Corners<T> Box, T Confidence) Shared(int region)
    {
        if (!Volatile.Read(ref isKnown[region]))
        {
            shared[region] = (Decode(region, 0), decoder.ConfidenceOf(DeltasOf(region, 0)));
            Volatile.Write(ref isKnown[region], true);
        }

        return shared[region];
    }

    private Corners<T> Decode(int region, int label) => decoder.Decode(regions.In<T>()[region], DeltasOf(region, label), Shape);

    private ReadOnlySpan<T> DeltasOf(int region, int label) =>
        deltas.Span.Slice((perClass ? (region * Classes) + label : region) * decoder.Numbers, decoder.Numbers);
}
