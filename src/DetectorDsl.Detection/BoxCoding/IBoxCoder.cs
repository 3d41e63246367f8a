using System.Numerics.Tensors;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.BoxCoding;

/// <summary>Form of a box regression: what a head predicts for a box, and what it is trained towards.</summary>
public interface IBoxCoder : IBoxDecoder
{
    /// <summary>How many numbers the target of one box is. Default 4.</summary>
    int TargetNumbers => 4;

    /// <summary>What a head is to predict for a box.</summary>
    /// <param name="box">x1, y1, x2, y2.</param>
    /// <param name="target">The object's x1, y1, x2, y2.</param>
    /// <param name="numbers">Filled: <see cref="TargetNumbers" /> numbers, in the form that the head's loss takes.</param>
    void EncodeTarget(ReadOnlySpan<float> box, ReadOnlySpan<float> target, Span<float> numbers);

    /// <summary>The same for a network in double precision. Default: boxes are rounded to single precision.</summary>
    /// <param name="box">x1, y1, x2, y2.</param>
    /// <param name="target">The object's x1, y1, x2, y2.</param>
    /// <param name="numbers">Filled: <see cref="TargetNumbers" /> numbers, in the form that the head's loss takes.</param>
    void EncodeTarget(ReadOnlySpan<double> box, ReadOnlySpan<double> target, Span<double> numbers)
    {
        var single = new float[numbers.Length];
        EncodeTarget(Precision.Rounded(box), Precision.Rounded(target), single);
        TensorPrimitives.ConvertTruncating<float, double>(single, numbers);
    }
}
