using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Native;

/// <summary>Sums, differences, products and quotients of tensors, and of tensors and numbers, whose numbers stay alive until the operator has read them.</summary>
/// <remarks>
/// TorchSharp's own operators make a <see cref="Scalar" /> (the sum of two tensors, too: its factor, 1) and hand over its native memory without keeping it alive. A
/// collection at that moment frees it, and the operator reads whatever stands there then: an exception at best, another factor at worst. It was
/// seen, once in some two hundred trainings of half a minute. Neither the library nor generated code calls an operator that makes a number; classes of your own are
/// safe with these.
/// </remarks>
public static class Arithmetic
{
    // Held for good: a collection never meets it.
    private static readonly Scalar One = 1L.ToScalar();

    /// <summary><paramref name="left" /> + <paramref name="right" />, element by element, shapes broadcast.</summary>
    /// <param name="left">First summand.</param>
    /// <param name="right">Second summand.</param>
    /// <returns>A fresh tensor.</returns>
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, One);

    /// <summary>The sum of several tensors, from the first to the last.</summary>
    /// <param name="first">First summand.</param>
    /// <param name="others">The others, at least one.</param>
    /// <returns>A fresh tensor; the sums on the way belong to the current dispose scope.</returns>
    public static Tensor Sum(Tensor first, params ReadOnlySpan<Tensor> others)
    {
        ArgumentNullException.ThrowIfNull(first);
        var sum = first;
        foreach (var other in others)
        {
            sum = sum.Plus(other);
        }

        return sum;
    }

    /// <summary>The mean of several tensors.</summary>
    /// <param name="first">First of them.</param>
    /// <param name="others">The others, at least one.</param>
    /// <returns>A fresh tensor; the sums on the way belong to the current dispose scope.</returns>
    public static Tensor Mean(Tensor first, params ReadOnlySpan<Tensor> others) => Sum(first, others).Over(1 + others.Length);

    /// <summary>The numbers 0, 1, 2 and so on.</summary>
    /// <param name="count">How many.</param>
    /// <param name="type">Type of the numbers.</param>
    /// <param name="device">Device of the tensor.</param>
    /// <returns>count numbers.</returns>
    public static Tensor Range(long count, ScalarType type, Device? device) =>
        arange(Scalars.Of(0L), Scalars.Of(count), Scalars.Of(1L), dtype: type, device: device);

    /// <summary><paramref name="left" /> + <paramref name="right" />.</summary>
    /// <param name="left">Tensor of any shape.</param>
    /// <param name="right">Number that is added to each element.</param>
    /// <returns>A fresh tensor.</returns>
    public static Tensor Plus(this Tensor left, double right) => left.add(Scalars.Of(right), One);

    /// <inheritdoc cref="Plus(Tensor, double)" />
    public static Tensor Plus(this Tensor left, long right) => left.add(Scalars.Of(right), One);

    /// <summary>Adds <paramref name="right" /> to <paramref name="left" /> itself.</summary>
    /// <param name="left">Tensor that changes.</param>
    /// <param name="right">What is added, broadcast to the shape of <paramref name="left" />.</param>
    /// <returns><paramref name="left" />.</returns>
    public static Tensor PlusInPlace(this Tensor left, Tensor right) => left.add_(right, One);

    /// <summary><paramref name="left" /> - <paramref name="right" />.</summary>
    /// <param name="left">Tensor of any shape.</param>
    /// <param name="right">Number that is subtracted from each element.</param>
    /// <returns>A fresh tensor.</returns>
    public static Tensor Minus(this Tensor left, double right) => left.sub(Scalars.Of(right));

    /// <inheritdoc cref="Minus(Tensor, double)" />
    public static Tensor Minus(this Tensor left, long right) => left.sub(Scalars.Of(right));

    /// <summary><paramref name="left" /> - <paramref name="right" />.</summary>
    /// <param name="right">Tensor of any shape.</param>
    /// <param name="left">Number from which each element is subtracted.</param>
    /// <returns>A fresh tensor.</returns>
    public static Tensor SubtractedFrom(this Tensor right, double left) => right.negative().add_(Scalars.Of(left), One);

    /// <inheritdoc cref="SubtractedFrom(Tensor, double)" />
    public static Tensor SubtractedFrom(this Tensor right, long left) => right.negative().add_(Scalars.Of(left), One);

    /// <summary><paramref name="left" /> * <paramref name="right" />.</summary>
    /// <param name="left">Tensor of any shape.</param>
    /// <param name="right">Number that each element is multiplied by.</param>
    /// <returns>A fresh tensor.</returns>
    public static Tensor Times(this Tensor left, double right) => left.mul(Scalars.Of(right));

    /// <inheritdoc cref="Times(Tensor, double)" />
    public static Tensor Times(this Tensor left, long right) => left.mul(Scalars.Of(right));

    /// <summary><paramref name="left" /> / <paramref name="right" />.</summary>
    /// <param name="left">Tensor of any shape.</param>
    /// <param name="right">Number that each element is divided by.</param>
    /// <returns>A fresh tensor.</returns>
    public static Tensor Over(this Tensor left, double right) => left.div(Scalars.Of(right));

    /// <inheritdoc cref="Over(Tensor, double)" />
    public static Tensor Over(this Tensor left, long right) => left.div(Scalars.Of(right));

    /// <summary><paramref name="left" /> / <paramref name="right" />, as the product of <paramref name="left" /> and the reciprocal.</summary>
    /// <param name="right">Tensor of any shape.</param>
    /// <param name="left">Number that is divided by each element.</param>
    /// <returns>A fresh tensor.</returns>
    public static Tensor Dividing(this Tensor right, double left) => right.reciprocal().mul(Scalars.Of(left));

    /// <summary>Each element times itself.</summary>
    /// <param name="tensor">Tensor of any shape.</param>
    /// <returns>A fresh tensor.</returns>
    public static Tensor Squared(this Tensor tensor) => tensor.pow(Scalars.Of(2L));
}
