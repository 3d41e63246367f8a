using System.Numerics;
using DetectorDsl.Native;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Anchors;

/// <summary>One anchor at every place of every level, of the shape that a network predicts for the place.</summary>
/// <remarks>
/// A predicted pair (dw, dh) makes of the place's square, whose side is scale x stride, a box of the same centre and e^(std dw) and e^(std dh) times its
/// sides; the exponents are limited to ln 1e6. Source: Wang et al. 2019, section 3.2; mmdetection, guided_anchor_head.py.
/// </remarks>
public sealed class GuidedAnchors
{
    private static readonly double Limit = Math.Log(1e6);

    private readonly AnchorGenerator squares;
    private readonly AnchorGenerator references;
    private readonly double shapeStd;

    /// <summary>Fixes the squares, and the reference shapes by which targets are assigned to places.</summary>
    /// <param name="scale">Side of the square in strides.</param>
    /// <param name="scalesPerOctave">Reference sides from the square's side up to, and without, twice as much.</param>
    /// <param name="ratios">Ratios height / width of the reference shapes.</param>
    /// <param name="strides">Stride of each level in pixels.</param>
    /// <param name="shapeStd">Std of the predicted numbers.</param>
    public GuidedAnchors(double scale, int scalesPerOctave, IReadOnlyList<double> ratios, IReadOnlyList<int> strides, double shapeStd)
    {
        (squares, this.shapeStd) = (new AnchorGenerator([scale], [1], strides), shapeStd);
        references = new AnchorGenerator(
            [.. Enumerable.Range(0, scalesPerOctave).Select(step => scale * Math.Pow(2, (double)step / scalesPerOctave))],
            ratios,
            strides
        );
    }

    /// <summary>The squares of a pyramid.</summary>
    /// <param name="pyramid">Maps of the levels, N x C x h x w each.</param>
    /// <param name="images">The images that they are of.</param>
    /// <returns>For each level h x w squares, K in all, in the maps' precision; shared, not to be changed.</returns>
    public Boxes[] Squares(IReadOnlyList<Tensor> pyramid, Tensor images) => squares.Of(pyramid, images);

    /// <summary>The reference shapes of a pyramid.</summary>
    /// <param name="pyramid">Maps of the levels, N x C x h x w each.</param>
    /// <param name="images">The images that they are of.</param>
    /// <returns>For each level the shapes of each place, one place after the other; shared, not to be changed.</returns>
    public Boxes[] References(IReadOnlyList<Tensor> pyramid, Tensor images) => references.Of(pyramid, images);

    /// <summary>The anchors that predicted shapes make; no gradient flows through them.</summary>
    /// <param name="levels">Squares of each level; K in all.</param>
    /// <param name="shapes">N x K x 2.</param>
    /// <returns>The anchors of each of the N images and each level, in the shapes' precision.</returns>
    /// <exception cref="ArgumentException">Squares and shapes differ in number.</exception>
    public Boxes[][] Of(IReadOnlyList<Boxes> levels, Tensor shapes)
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentNullException.ThrowIfNull(shapes);
        var count = levels.Sum(level => level.Count);
        if (shapes.dim() != 3 || shapes.shape[1] != count || shapes.shape[2] != 2)
        {
            throw new ArgumentException($"{count} squares do not fit shapes [{string.Join(", ", shapes.shape)}].", nameof(shapes));
        }

        return TensorPrecision.IsDouble(shapes) ? Of<double>(levels, shapes, count) : Of<float>(levels, shapes, count);
    }

    /// <summary>Logits of the places where an anchor may be; those of the others become minus infinity, so that no selection takes them.</summary>
    /// <param name="logits">N x K objectness logits.</param>
    /// <param name="locations">N x K location logits.</param>
    /// <param name="threshold">Probability that a location needs, 0 to 1.</param>
    /// <returns>N x K.</returns>
    public static Tensor Kept(Tensor logits, Tensor locations, double threshold)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(locations);
        using var scope = NewDisposeScope();
        return logits
            .masked_fill(locations.sigmoid().lt(Scalars.Of(threshold)), Scalars.Of(double.NegativeInfinity))
            .MoveToOuterDisposeScope();
    }

    /// <summary>Scores of the places where an anchor may be; those of the others become 0, which no threshold lets through.</summary>
    /// <param name="scores">N x K x C.</param>
    /// <param name="locations">N x K location logits.</param>
    /// <param name="threshold">Probability that a location needs, 0 to 1.</param>
    /// <returns>N x K x C.</returns>
    public static Tensor KeptScores(Tensor scores, Tensor locations, double threshold)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(locations);
        using var scope = NewDisposeScope();
        return scores.masked_fill(locations.sigmoid().lt(Scalars.Of(threshold)).unsqueeze(-1), Scalars.Of(0)).MoveToOuterDisposeScope();
    }

    /// <summary>The boxes that predicted shapes make of chosen squares, with a gradient.</summary>
    /// <param name="chosen">P x 4: the squares.</param>
    /// <param name="shapes">P x 2.</param>
    /// <returns>P x 4.</returns>
    public Tensor Decode(Tensor chosen, Tensor shapes)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(shapes);
        using var scope = NewDisposeScope();
        var (low, high) = (chosen.narrow(1, 0, 2), chosen.narrow(1, 2, 2));
        var halves = (shapes.Times(shapeStd).clamp(Scalars.Of(-Limit), Scalars.Of(Limit)).exp() * (high - low)).Times(0.5);
        var centres = low.Plus(high).Times(0.5);
        return cat([centres - halves, centres.Plus(halves)], 1).MoveToOuterDisposeScope();
    }

    private Boxes[][] Of<T>(IReadOnlyList<Boxes> levels, Tensor shapes, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scope = NewDisposeScope();
        var numbers = TensorPrecision.Values<T>(shapes).ToArray();
        var anchors = new Boxes[shapes.shape[0]][];
        Parallel.For(0, anchors.Length, image => anchors[image] = OfImage<T>(levels, numbers.AsSpan(image * count * 2, count * 2)));
        return anchors;
    }

    private Boxes[] OfImage<T>(IReadOnlyList<Boxes> levels, ReadOnlySpan<T> shapes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var anchors = new Boxes[levels.Count];
        var next = 0;
        for (var level = 0; level < anchors.Length; level++)
        {
            var squares = levels[level].In<T>();
            var made = new Corners<T>[squares.Length];
            for (var i = 0; i < made.Length; i++, next += 2)
            {
                var (x1, x2) = Shaped(squares[i].X1, squares[i].X2, shapes[next]);
                var (y1, y2) = Shaped(squares[i].Y1, squares[i].Y2, shapes[next + 1]);
                made[i] = new Corners<T>(x1, y1, x2, y2);
            }

            anchors[level] = Boxes.Of(made);
        }

        return anchors;
    }

    private (T Low, T High) Shaped<T>(T low, T high, T shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (std, limit, oneHalf) = (T.CreateTruncating(shapeStd), T.CreateTruncating(Limit), T.CreateTruncating(0.5));
        var half = T.Exp(T.Clamp(shape * std, -limit, limit)) * (high - low) * oneHalf;
        var centre = (low + high) * oneHalf;
        return (centre - half, centre + half);
    }
}
