using System.Numerics;
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
    /// <param name="cell">Cell of the location: x1, y1, x2, y2, about the location.</param>
    /// <param name="target">x1, y1, x2, y2.</param>
    /// <param name="distances">Filled: left, top, right, bottom; negative where the location lies outside.</param>
    public void Encode<T>(ReadOnlySpan<T> cell, ReadOnlySpan<T> target, Span<T> distances)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (x, y, unit) = Location(cell);
        distances[0] = (x - target[0]) / unit;
        distances[1] = (y - target[1]) / unit;
        distances[2] = (target[2] - x) / unit;
        distances[3] = (target[3] - y) / unit;
    }

    /// <inheritdoc />
    public void DecodeWithin(ReadOnlySpan<float> box, ReadOnlySpan<float> numbers, int height, int width, Span<float> decoded) =>
        Decode(box, numbers, height, width, decoded);

    /// <inheritdoc />
    public void DecodeWithin(ReadOnlySpan<double> box, ReadOnlySpan<double> numbers, int height, int width, Span<double> decoded) =>
        Decode(box, numbers, height, width, decoded);

    /// <summary>Boxes about the origin, for losses that do not depend on place.</summary>
    /// <param name="distances">P x 4: left, top, right, bottom.</param>
    /// <returns>P x 4: x1, y1, x2, y2.</returns>
    public static Tensor AboutOrigin(Tensor distances)
    {
        ArgumentNullException.ThrowIfNull(distances);
        using var scope = NewDisposeScope();
        return cat([-distances.narrow(1, 0, 2), distances.narrow(1, 2, 2)], 1).MoveToOuterDisposeScope();
    }

    private void Decode<T>(ReadOnlySpan<T> box, ReadOnlySpan<T> numbers, int height, int width, Span<T> decoded)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (x, y, unit) = Location(box);
        decoded[0] = x - (numbers[0] * unit);
        decoded[1] = y - (numbers[1] * unit);
        decoded[2] = x + (numbers[2] * unit);
        decoded[3] = y + (numbers[3] * unit);
        ImageBorder.Limit(decoded, height, width);
    }

    private (T X, T Y, T Unit) Location<T>(ReadOnlySpan<T> cell)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var two = T.CreateTruncating(2);
        return ((cell[0] + cell[2]) / two, (cell[1] + cell[3]) / two, inStrides ? cell[2] - cell[0] : T.One);
    }
}
