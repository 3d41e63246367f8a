using System.Numerics;
using System.Numerics.Tensors;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.BoxCoding;

/// <summary>Turns a box (anchor, proposal, cell of a location) and what a head predicts for it into a box.</summary>
public interface IBoxDecoder
{
    /// <summary>How many numbers a head predicts for one box. Default 4.</summary>
    int Numbers => 4;

    /// <summary>The predicted box, limited to an image.</summary>
    /// <param name="box">The box that the prediction is for.</param>
    /// <param name="deltas">The <see cref="Numbers" /> numbers that the head predicts.</param>
    /// <param name="height">Height of the image.</param>
    /// <param name="width">Width of the image.</param>
    /// <returns>The box.</returns>
    Corners<float> DecodeWithin(Corners<float> box, ReadOnlySpan<float> deltas, int height, int width);

    /// <summary>The same for a network in double precision. Default: boxes are rounded to single precision.</summary>
    /// <param name="box">The box that the prediction is for.</param>
    /// <param name="deltas">The <see cref="Numbers" /> numbers that the head predicts.</param>
    /// <param name="height">Height of the image.</param>
    /// <param name="width">Width of the image.</param>
    /// <returns>The box.</returns>
    Corners<double> DecodeWithin(Corners<double> box, ReadOnlySpan<double> deltas, int height, int width) =>
        DecodeWithin(box.To<float>(), Precision.Rounded(deltas), height, width).To<double>();

    /// <summary>How sure the head is of a predicted box: scores above the threshold are multiplied by it. Default 1.</summary>
    /// <param name="deltas">The <see cref="Numbers" /> numbers that the head predicts.</param>
    /// <returns>0 to 1.</returns>
    float Confidence(ReadOnlySpan<float> deltas) => 1;

    /// <summary>The same for a network in double precision. Default: what is predicted is rounded to single precision.</summary>
    /// <param name="deltas">The <see cref="Numbers" /> numbers that the head predicts.</param>
    /// <returns>0 to 1.</returns>
    double Confidence(ReadOnlySpan<double> deltas) => Confidence(Precision.Rounded(deltas));

    /// <summary>The confidence in the precision at hand.</summary>
    internal T ConfidenceOf<T>(ReadOnlySpan<T> deltas)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(double)
            ? T.CreateTruncating(Confidence(Precision.As<T, double>(deltas)))
            : T.CreateTruncating(Confidence(Precision.As<T, float>(deltas)));

    /// <summary>The predicted box in the precision at hand, limited to an image.</summary>
    internal Corners<T> Decode<T>(Corners<T> box, ReadOnlySpan<T> deltas, ImageShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(double)
            ? DecodeWithin(box.To<double>(), Precision.As<T, double>(deltas), shape.Height, shape.Width).To<T>()
            : DecodeWithin(box.To<float>(), Precision.As<T, float>(deltas), shape.Height, shape.Width).To<T>();
}
