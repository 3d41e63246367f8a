using System.Numerics;
using DetectorDsl.Native;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.BoxCoding;

/// <summary>Boxes as offsets of the centre in units of the box, and logarithms of the size ratios, over fixed deviations.</summary>
/// <remarks>Source: R-CNN, appendix C; mmdetection, delta_xywh_bbox_coder.py (|dw|, |dh| limited to ln(1000 / 16)); torchvision, _utils.py, limits growing only.</remarks>
/// <param name="centreDeviation">Deviation of dx and dy.</param>
/// <param name="sizeDeviation">Deviation of dw and dh.</param>
/// <param name="limitShrinking">Whether dw and dh are limited below, too.</param>
public sealed class DeltaBoxCoder(double centreDeviation = 1.0, double sizeDeviation = 1.0, bool limitShrinking = true) : IBoxCoder
{
    private static readonly double Limit = Math.Log(1000.0 / 16);

    /// <summary>The numbers that take a box to its target.</summary>
    /// <typeparam name="T">Precision.</typeparam>
    /// <param name="box">x1, y1, x2, y2.</param>
    /// <param name="target">x1, y1, x2, y2.</param>
    /// <param name="deltas">Filled: dx, dy, dw, dh.</param>
    public void Encode<T>(ReadOnlySpan<T> box, ReadOnlySpan<T> target, Span<T> deltas)
        where T : IBinaryFloatingPointIeee754<T>
    {
        var half = T.CreateChecked(0.5);
        var (centre, size) = (T.CreateChecked(centreDeviation), T.CreateChecked(sizeDeviation));
        var (width, height) = (box[2] - box[0], box[3] - box[1]);
        var (targetWidth, targetHeight) = (target[2] - target[0], target[3] - target[1]);
        deltas[0] = (target[0] + (half * targetWidth) - box[0] - (half * width)) / width / centre;
        deltas[1] = (target[1] + (half * targetHeight) - box[1] - (half * height)) / height / centre;
        deltas[2] = T.Log(targetWidth / width) / size;
        deltas[3] = T.Log(targetHeight / height) / size;
    }

    /// <summary>The box that numbers take a box to.</summary>
    /// <typeparam name="T">Precision.</typeparam>
    /// <param name="box">x1, y1, x2, y2.</param>
    /// <param name="deltas">dx, dy, dw, dh.</param>
    /// <param name="decoded">Filled: x1, y1, x2, y2; not limited to the image.</param>
    public void Decode<T>(ReadOnlySpan<T> box, ReadOnlySpan<T> deltas, Span<T> decoded)
        where T : IBinaryFloatingPointIeee754<T>
    {
        var half = T.CreateChecked(0.5);
        var (centre, size, most) = (T.CreateChecked(centreDeviation), T.CreateChecked(sizeDeviation), T.CreateChecked(Limit));
        var least = limitShrinking ? -most : T.NegativeInfinity;
        var (width, height) = (box[2] - box[0], box[3] - box[1]);
        var x = (deltas[0] * centre * width) + box[0] + (half * width);
        var y = (deltas[1] * centre * height) + box[1] + (half * height);
        var halfWidth = T.Exp(T.Clamp(deltas[2] * size, least, most)) * width * half;
        var halfHeight = T.Exp(T.Clamp(deltas[3] * size, least, most)) * height * half;
        (decoded[0], decoded[1], decoded[2], decoded[3]) = (x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    }

    /// <summary>The boxes that numbers take boxes to, with a gradient.</summary>
    /// <param name="boxes">P x 4: x1, y1, x2, y2.</param>
    /// <param name="deltas">P x 4: dx, dy, dw, dh.</param>
    /// <returns>P x 4: x1, y1, x2, y2; not limited to the image.</returns>
    public Tensor Decode(Tensor boxes, Tensor deltas)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        ArgumentNullException.ThrowIfNull(deltas);
        using var scope = NewDisposeScope();
        var sizes = boxes.narrow(1, 2, 2) - boxes.narrow(1, 0, 2);
        var centres = boxes.narrow(1, 0, 2) + (sizes * 0.5) + (deltas.narrow(1, 0, 2) * centreDeviation * sizes);
        var least = limitShrinking ? -Limit : double.NegativeInfinity;
        var logarithms = (deltas.narrow(1, 2, 2) * sizeDeviation).clamp(Scalars.Of(least), Scalars.Of(Limit));
        var halves = logarithms.exp() * sizes * 0.5;
        return cat([centres - halves, centres + halves], 1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public void EncodeTarget(ReadOnlySpan<float> box, ReadOnlySpan<float> target, Span<float> numbers) => Encode(box, target, numbers);

    /// <inheritdoc />
    public void EncodeTarget(ReadOnlySpan<double> box, ReadOnlySpan<double> target, Span<double> numbers) => Encode(box, target, numbers);

    /// <inheritdoc />
    public void DecodeWithin(ReadOnlySpan<float> box, ReadOnlySpan<float> numbers, int height, int width, Span<float> decoded)
    {
        Decode(box, numbers, decoded);
        ImageBorder.Limit(decoded, height, width);
    }

    /// <inheritdoc />
    public void DecodeWithin(ReadOnlySpan<double> box, ReadOnlySpan<double> numbers, int height, int width, Span<double> decoded)
    {
        Decode(box, numbers, decoded);
        ImageBorder.Limit(decoded, height, width);
    }
}
