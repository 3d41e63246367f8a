using System.Numerics;
using System.Numerics.Tensors;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.BoxCoding;

/// <summary>Form of a box regression: what a head predicts for a box, and what it is trained towards.</summary>
public interface IBoxCoder : IBoxDecoder
{
    /// <summary>How many numbers the target of one box is. Default 4.</summary>
    int TargetNumbers => 4;

    /// <summary>What a head is to predict for a box.</summary>
    /// <param name="box">The box.</param>
    /// <param name="target">The object's box.</param>
    /// <param name="deltas">Filled: <see cref="TargetNumbers" /> numbers, in the form that the head's loss takes.</param>
    void EncodeTarget(Corners<float> box, Corners<float> target, Span<float> deltas);

    /// <summary>The same for a network in double precision. Default: boxes are rounded to single precision.</summary>
    /// <param name="box">The box.</param>
    /// <param name="target">The object's box.</param>
    /// <param name="deltas">Filled: <see cref="TargetNumbers" /> numbers, in the form that the head's loss takes.</param>
    void EncodeTarget(Corners<double> box, Corners<double> target, Span<double> deltas)
    {
        var single = new float[deltas.Length];
        EncodeTarget(box.To<float>(), target.To<float>(), single);
        TensorPrimitives.ConvertTruncating<float, double>(single, deltas);
    }

    /// <summary>The same in the precision at hand.</summary>
    internal void Encode<T>(Corners<T> box, Corners<T> target, Span<T> deltas)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
        {
            EncodeTarget(box.To<double>(), target.To<double>(), Precision.As<T, double>(deltas));
        }
        else
        {
            EncodeTarget(box.To<float>(), target.To<float>(), Precision.As<T, float>(deltas));
        }
    }
}
