using System.Numerics;
using DetectorDsl.Native;
using DetectorDsl.Structures;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.BoxCoding;

/// <summary>Boxes as offsets of the centre in units of the box, and logarithms of the size ratios, over fixed stds.</summary>
/// <remarks>Source: R-CNN, appendix C; mmdetection, delta_xywh_bbox_coder.py (|dw|, |dh| limited to ln(1000 / 16)); torchvision, _utils.py, limits growing only.</remarks>
/// <param name="centreStd">Std of dx and dy.</param>
/// <param name="sizeStd">Std of dw and dh.</param>
/// <param name="limitShrinking">Whether dw and dh are limited below, too.</param>
public sealed class DeltaBoxCoder(double centreStd = 1.0, double sizeStd = 1.0, bool limitShrinking = true) : IBoxCoder
{
    private static readonly double Limit = Math.Log(1000.0 / 16);

    /// <summary>The numbers that take a box to its target.</summary>
    /// <typeparam name="T">Precision.</typeparam>
    /// <param name="box">The box.</param>
    /// <param name="target">Its target.</param>
    /// <param name="deltas">Filled: dx, dy, dw, dh.</param>
    public void Encode<T>(Corners<T> box, Corners<T> target, Span<T> deltas)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var half = T.CreateChecked(0.5);
        var (centre, size) = (T.CreateChecked(centreStd), T.CreateChecked(sizeStd));
        deltas[0] = (target.X1 + (half * target.Width) - box.X1 - (half * box.Width)) / box.Width / centre;
        deltas[1] = (target.Y1 + (half * target.Height) - box.Y1 - (half * box.Height)) / box.Height / centre;
        deltas[2] = T.Log(target.Width / box.Width) / size;
        deltas[3] = T.Log(target.Height / box.Height) / size;
    }

    /// <summary>The box that numbers take a box to.</summary>
    /// <typeparam name="T">Precision.</typeparam>
    /// <param name="box">The box.</param>
    /// <param name="deltas">dx, dy, dw, dh.</param>
    /// <returns>The box, not limited to the image.</returns>
    public Corners<T> Decode<T>(Corners<T> box, ReadOnlySpan<T> deltas)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var half = T.CreateChecked(0.5);
        var (centre, size, most) = (T.CreateChecked(centreStd), T.CreateChecked(sizeStd), T.CreateChecked(Limit));
        var least = limitShrinking ? -most : T.NegativeInfinity;
        var (width, height) = (box.Width, box.Height);
        var x = (deltas[0] * centre * width) + box.X1 + (half * width);
        var y = (deltas[1] * centre * height) + box.Y1 + (half * height);
        var halfWidth = T.Exp(T.Clamp(deltas[2] * size, least, most)) * width * half;
        var halfHeight = T.Exp(T.Clamp(deltas[3] * size, least, most)) * height * half;
        return new Corners<T>(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
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
        var centres = boxes.narrow(1, 0, 2).Plus(sizes.Times(0.5)).Plus(deltas.narrow(1, 0, 2).Times(centreStd) * sizes);
        var least = limitShrinking ? -Limit : double.NegativeInfinity;
        var logarithms = deltas.narrow(1, 2, 2).Times(sizeStd).clamp(Scalars.Of(least), Scalars.Of(Limit));
        var halves = (logarithms.exp() * sizes).Times(0.5);
        return cat([centres - halves, centres.Plus(halves)], 1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public void EncodeTarget(Corners<float> box, Corners<float> target, Span<float> deltas) => Encode(box, target, deltas);

    /// <inheritdoc />
    public void EncodeTarget(Corners<double> box, Corners<double> target, Span<double> deltas) => Encode(box, target, deltas);

    /// <inheritdoc />
    public Corners<float> DecodeWithin(Corners<float> box, ReadOnlySpan<float> deltas, int height, int width) =>
        Decode(box, deltas).Clip(height, width);

    /// <inheritdoc />
    public Corners<double> DecodeWithin(Corners<double> box, ReadOnlySpan<double> deltas, int height, int width) =>
        Decode(box, deltas).Clip(height, width);
}
