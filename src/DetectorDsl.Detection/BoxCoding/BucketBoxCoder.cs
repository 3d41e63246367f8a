using System.Numerics;
using System.Numerics.Tensors;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.BoxCoding;

/// <summary>Boxes by their sides: for each of left, right, top and bottom the bucket that it lies in, and its distance from the bucket's centre.</summary>
/// <remarks>
/// The box is widened about its centre; bw = width / B and bh = height / B. A side has S = ceil(B / 2) buckets, the outermost first: left_k = x1 + (k + 1/2) bw,
/// right_k = x2 - (k + 1/2) bw, top and bottom with bh. Distances are (centre_k - side) / bw. Numbers go by side, left, right, top, bottom, then by bucket.
/// Predictions: 4 S logits of the buckets, 4 S distances. Targets: 4 S marks of the nearest bucket, 4 S weights of the marks, 4 S distances, 4 S weights of the distances.
/// Source: SABL (Wang et al. 2020), section 3.2; mmdetection, bucketing_bbox_coder.py.
/// </remarks>
public sealed class BucketBoxCoder : IBoxCoder
{
    private const int Sides = 4;

    private readonly int buckets;
    private readonly int perSide;
    private readonly double scale;
    private readonly int nearest;
    private readonly double reach;
    private readonly bool ignoreNeighbours;

    /// <summary>Fixes the buckets.</summary>
    /// <param name="buckets">Buckets across the widened box, B.</param>
    /// <param name="scale">Factor by which the box is widened.</param>
    /// <param name="nearest">Buckets of a side that learn its distance: the nearest, and further ones within reach. At most S.</param>
    /// <param name="reach">Distance in buckets below which a further bucket learns it.</param>
    /// <param name="ignoreNeighbours">Whether buckets less than one bucket from the side, but the nearest, are left out of the loss of the buckets.</param>
    public BucketBoxCoder(int buckets = 14, double scale = 1.7, int nearest = 2, double reach = 1.0, bool ignoreNeighbours = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 3);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        perSide = (buckets + 1) / 2;
        ArgumentOutOfRangeException.ThrowIfLessThan(nearest, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nearest, perSide);
        (this.buckets, this.scale, this.nearest, this.reach, this.ignoreNeighbours) = (buckets, scale, nearest, reach, ignoreNeighbours);
    }

    /// <inheritdoc />
    public int Numbers => 2 * Sides * perSide;

    /// <inheritdoc />
    public int TargetNumbers => 4 * Sides * perSide;

    /// <inheritdoc />
    public void EncodeTarget(Corners<float> box, Corners<float> target, Span<float> deltas) => Encode(box, target, deltas);

    /// <inheritdoc />
    public void EncodeTarget(Corners<double> box, Corners<double> target, Span<double> deltas) => Encode(box, target, deltas);

    /// <summary>The box that predictions take a box to.</summary>
    /// <typeparam name="T">Precision.</typeparam>
    /// <param name="box">The box.</param>
    /// <param name="deltas">Predictions.</param>
    /// <returns>The box, not limited to the image.</returns>
    public Corners<T> Decode<T>(Corners<T> box, ReadOnlySpan<T> deltas)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var wide = Widen(box);
        Span<T> decoded = stackalloc T[Sides];
        for (var side = 0; side < Sides; side++)
        {
            var best = TensorPrimitives.IndexOfMax(deltas.Slice(side * perSide, perSide));
            decoded[side] = Centre(wide, side, best) - (deltas[((Sides + side) * perSide) + best] * Size(wide, side));
        }

        var (left, right, top, bottom) = (decoded[0], decoded[1], decoded[2], decoded[3]);
        return new Corners<T>(left, top, right, bottom);
    }

    /// <summary>The predicted box, limited to an image as mmdetection limits it: to its last pixels.</summary>
    /// <inheritdoc />
    public Corners<float> DecodeWithin(Corners<float> box, ReadOnlySpan<float> deltas, int height, int width) =>
        Decode(box, deltas).Clip(height - 1, width - 1);

    /// <summary>The predicted box, limited to an image as mmdetection limits it: to its last pixels.</summary>
    /// <inheritdoc />
    public Corners<double> DecodeWithin(Corners<double> box, ReadOnlySpan<double> deltas, int height, int width) =>
        Decode(box, deltas).Clip(height - 1, width - 1);

    /// <summary>Mean over the sides of the best bucket's probability, and the second's where the two are neighbours.</summary>
    /// <inheritdoc />
    public float Confidence(ReadOnlySpan<float> deltas) => MeanShare(deltas);

    /// <inheritdoc cref="Confidence(ReadOnlySpan{float})" />
    public double Confidence(ReadOnlySpan<double> deltas) => MeanShare(deltas);

    private T MeanShare<T>(ReadOnlySpan<T> deltas)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> shares = stackalloc T[perSide];
        var sum = T.Zero;
        for (var side = 0; side < Sides; side++)
        {
            var logits = deltas.Slice(side * perSide, perSide);

            // Less the largest, since the library's softmax would overflow.
            TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), shares);
            TensorPrimitives.SoftMax(shares, shares);
            var best = TensorPrimitives.IndexOfMax(shares);
            sum += shares[best];
            shares[best] = T.NegativeInfinity;
            var second = TensorPrimitives.IndexOfMax(shares);
            if (Math.Abs(best - second) == 1)
            {
                sum += shares[second];
            }
        }

        return sum / T.CreateTruncating(Sides);
    }

    private void Encode<T>(Corners<T> box, Corners<T> target, Span<T> deltas)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var wide = Widen(box);
        var all = Sides * perSide;
        for (var side = 0; side < Sides; side++)
        {
            var first = side * perSide;
            EncodeSide(
                wide,
                side,
                target[Coordinate(side)],
                deltas.Slice(first, perSide),
                deltas.Slice(all + first, perSide),
                deltas.Slice((2 * all) + first, perSide),
                deltas.Slice((3 * all) + first, perSide)
            );
        }
    }

    private void EncodeSide<T>(
        Corners<T> wide,
        int side,
        T place,
        Span<T> marks,
        Span<T> markWeights,
        Span<T> distances,
        Span<T> distanceWeights
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var k = 0; k < perSide; k++)
        {
            distances[k] = (Centre(wide, side, k) - place) / Size(wide, side);
        }

        marks.Clear();
        distanceWeights.Clear();
        Span<T> left = stackalloc T[perSide];
        TensorPrimitives.Abs<T>(distances, left);
        for (var k = 0; k < perSide; k++)
        {
            markWeights[k] = ignoreNeighbours && left[k] < T.One ? T.Zero : T.One;
        }

        for (var rank = 0; rank < nearest; rank++)
        {
            var closest = TensorPrimitives.IndexOfMin<T>(left);
            if (rank == 0)
            {
                marks[closest] = markWeights[closest] = T.One;
            }

            distanceWeights[closest] = rank == 0 || left[closest] < T.CreateTruncating(reach) ? T.One : T.Zero;
            left[closest] = T.PositiveInfinity;
        }
    }

    private Corners<T> Widen<T>(Corners<T> box)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (factor, oneHalf) = (T.CreateTruncating(scale), T.CreateTruncating(0.5));
        var (x, halfWidth) = ((box.X1 + box.X2) * oneHalf, oneHalf * (factor * box.Width));
        var (y, halfHeight) = ((box.Y1 + box.Y2) * oneHalf, oneHalf * (factor * box.Height));
        return new Corners<T>(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    }

    private T Size<T>(Corners<T> wide, int side)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (wide[(side / 2) + 2] - wide[side / 2]) / T.CreateTruncating(buckets);

    private T Centre<T>(Corners<T> wide, int side, int bucket)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        side % 2 == 0
            ? wide[side / 2] + (T.CreateTruncating(0.5 + bucket) * Size(wide, side))
            : wide[(side / 2) + 2] - (T.CreateTruncating(0.5 + bucket) * Size(wide, side));

    // Left, right, top, bottom in x1, y1, x2, y2.
    private static int Coordinate(int side) => (side / 2) + (side % 2 * 2);
}
