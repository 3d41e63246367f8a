using System.Numerics.Tensors;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.BoxCoding;

/// <summary>Turns a box (anchor, proposal, cell of a location) and what a head predicts for it into a box.</summary>
public interface IBoxDecoder
{
    /// <summary>How many numbers a head predicts for one box. Default 4.</summary>
    int Numbers => 4;

    /// <summary>The predicted box, limited to an image.</summary>
    /// <param name="box">x1, y1, x2, y2.</param>
    /// <param name="numbers">The <see cref="Numbers" /> numbers that the head predicts.</param>
    /// <param name="height">Height of the image.</param>
    /// <param name="width">Width of the image.</param>
    /// <param name="decoded">Filled: x1, y1, x2, y2.</param>
    void DecodeWithin(ReadOnlySpan<float> box, ReadOnlySpan<float> numbers, int height, int width, Span<float> decoded);

    /// <summary>The same for a network in double precision. Default: boxes are rounded to single precision.</summary>
    /// <param name="box">x1, y1, x2, y2.</param>
    /// <param name="numbers">The <see cref="Numbers" /> numbers that the head predicts.</param>
    /// <param name="height">Height of the image.</param>
    /// <param name="width">Width of the image.</param>
    /// <param name="decoded">Filled: x1, y1, x2, y2.</param>
    void DecodeWithin(ReadOnlySpan<double> box, ReadOnlySpan<double> numbers, int height, int width, Span<double> decoded)
    {
        Span<float> single = stackalloc float[4];
        DecodeWithin(Precision.Rounded(box), Precision.Rounded(numbers), height, width, single);
        TensorPrimitives.ConvertTruncating<float, double>(single, decoded);
    }

    /// <summary>How sure the head is of a predicted box: scores above the threshold are multiplied by it. Default 1.</summary>
    /// <param name="numbers">The <see cref="Numbers" /> numbers that the head predicts.</param>
    /// <returns>0 to 1.</returns>
    float Confidence(ReadOnlySpan<float> numbers) => 1;
}
