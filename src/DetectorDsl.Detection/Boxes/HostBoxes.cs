using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Boxes;

/// <summary>Boxes on the host, four numbers each (x1, y1, x2, y2), in the precision of the network that they are for: single or double.</summary>
/// <remarks>A collection expression makes boxes in single precision; walking along them gives their numbers, rounded to it.</remarks>
[CollectionBuilder(typeof(HostBoxes), nameof(Single))]
public sealed class HostBoxes : IEnumerable<float>
{
    private readonly float[]? single;
    private readonly double[]? exact;

    private HostBoxes(float[]? single, double[]? exact) => (this.single, this.exact) = (single, exact);

    /// <summary>Number of boxes.</summary>
    public int Count => (single?.Length ?? exact!.Length) / 4;

    /// <summary>Whether the numbers are in double precision.</summary>
    public bool AreDouble => exact is not null;

    /// <summary>The precision as torch names it.</summary>
    public ScalarType Type => AreDouble ? ScalarType.Float64 : ScalarType.Float32;

    /// <summary>Boxes in single precision.</summary>
    /// <param name="numbers">Four numbers each; not copied.</param>
    public static implicit operator HostBoxes(float[] numbers) => FromArray(numbers);

    /// <summary>Boxes in double precision.</summary>
    /// <param name="numbers">Four numbers each; not copied.</param>
    public static implicit operator HostBoxes(double[] numbers) => FromArray(numbers);

    /// <summary>Boxes in the precision of their numbers.</summary>
    /// <typeparam name="T"><see cref="float" /> or <see cref="double" />.</typeparam>
    /// <param name="numbers">Four numbers each; not copied.</param>
    /// <returns>The boxes.</returns>
    /// <exception cref="ArgumentException">The numbers are of another type, or no multiple of four.</exception>
    public static HostBoxes FromArray<T>(T[] numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (numbers.Length % 4 != 0)
        {
            throw new ArgumentException($"Boxes have four numbers each, and there are {numbers.Length}.", nameof(numbers));
        }

        return numbers switch
        {
            float[] single => new HostBoxes(single, null),
            double[] exact => new HostBoxes(null, exact),
            _ => throw new ArgumentException($"Boxes are of single or double precision, not {typeof(T)}.", nameof(numbers)),
        };
    }

    /// <summary>Boxes in single precision.</summary>
    /// <param name="numbers">Four numbers each; copied.</param>
    /// <returns>The boxes.</returns>
    /// <exception cref="ArgumentException">The numbers are no multiple of four.</exception>
    public static HostBoxes Single(ReadOnlySpan<float> numbers) => FromArray(numbers.ToArray());

    /// <summary>Boxes of several images or levels, in single precision.</summary>
    /// <param name="numbers">Four numbers for each box.</param>
    /// <returns>As many as there are arrays.</returns>
    public static HostBoxes[] Each(params IEnumerable<float[]> numbers) => [.. numbers.Select(static boxes => (HostBoxes)boxes)];

    /// <summary>Some of the boxes as a tensor.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <returns>count x 4 on the CPU.</returns>
    public Tensor ToTensor(int first, int count) =>
        AreDouble
            ? tensor(exact!.AsSpan(first * 4, count * 4).ToArray(), [count, 4])
            : tensor(single!.AsSpan(first * 4, count * 4).ToArray(), [count, 4]);

    /// <summary>The numbers.</summary>
    /// <typeparam name="T">The precision: <see cref="float" /> or <see cref="double" />.</typeparam>
    /// <returns>Four for each box: the array itself, shared and not to be changed, where it is of that precision; else a copy, rounded or widened.</returns>
    public T[] In<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        single is not null ? Precision.Of<float, T>(single) : Precision.Of<double, T>(exact!);

    /// <inheritdoc />
    public IEnumerator<float> GetEnumerator() => ((IEnumerable<float>)In<float>()).GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
