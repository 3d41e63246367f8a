using System.Numerics;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.BoxCoding;

/// <summary>Boxes as the distances of their left, top, right and bottom sides from a location.</summary>
/// <remarks>Source: FCOS, section 3.1; mmdetection, distance_point_bbox_coder.py; torchvision, _utils.py, BoxLinearCoder.</remarks>
/// <param name="inStrides">Whether distances are in units of the side of the location's cell, which is its level's stride, or in pixels.</param>
public sealed class DistanceBoxCoder(bool inStrides) : IBoxDecoder
{
    /// <summary>The distances of a box's sides.</summary>
    /// <typeparam name="T">Precision.</typeparam>
    /// <param name="cell">Cell of the location, about it.</param>
    /// <param name="target">The object's box.</param>
    /// <param name="distances">Filled: left, top, right, bottom; negative where the location lies outside.</param>
    public void Encode<T>(Corners<T> cell, Corners<T> target, Span<T> distances)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (x, y, unit) = Location(cell);
        distances[0] = (x - target.X1) / unit;
        distances[1] = (y - target.Y1) / unit;
        distances[2] = (target.X2 - x) / unit;
        distances[3] = (target.Y2 - y) / unit;
    }

    /// <inheritdoc />
    public Corners<float> DecodeWithin(Corners<float> box, ReadOnlySpan<float> deltas, int height, int width) =>
        Decode(box, deltas).Clip(height, width);

    /// <inheritdoc />
    public Corners<double> DecodeWithin(Corners<double> box, ReadOnlySpan<double> deltas, int height, int width) =>
        Decode(box, deltas).Clip(height, width);

    /// <summary>Boxes about the origin, for losses that do not depend on place.</summary>
    /// <param name="distances">P x 4: left, top, right, bottom.</param>
    /// <returns>P x 4: x1, y1, x2, y2.</returns>
    public static Tensor AboutOrigin(Tensor distances)
    {
        ArgumentNullException.ThrowIfNull(distances);
        using var scope = NewDisposeScope();
        return cat([-distances.narrow(1, 0, 2), distances.narrow(1, 2, 2)], 1).MoveToOuterDisposeScope();
    }

    private Corners<T> Decode<T>(Corners<T> cell, ReadOnlySpan<T> distances)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (x, y, unit) = Location(cell);
        return new Corners<T>(x - (distances[0] * unit), y - (distances[1] * unit), x + (distances[2] * unit), y + (distances[3] * unit));
    }

    private (T X, T Y, T Unit) Location<T>(Corners<T> cell)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var two = T.CreateTruncating(2);
        return ((cell.X1 + cell.X2) / two, (cell.Y1 + cell.Y2) / two, inStrides ? cell.Width : T.One);
    }
}
