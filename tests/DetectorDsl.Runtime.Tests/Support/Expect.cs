using System.Text.Json;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Support;

/// <summary>Comparisons of tensors with numbers.</summary>
internal static class Expect
{
    /// <summary>The values in row-major order, in double precision.</summary>
    public static double[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return CpuMemory.Span<double>(CpuMemory.Contiguous(tensor, ScalarType.Float64)).ToArray();
    }

    /// <summary>|actual - expected| is at most absolute + relative |expected|; NaN equals NaN only.</summary>
    public static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double absolute, double relative, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {actual.Length} numbers, not {expected.Length}");
        for (var i = 0; i < expected.Length; i++)
        {
            var fits = double.IsNaN(expected[i])
                ? double.IsNaN(actual[i])
                : Math.Abs(actual[i] - expected[i]) <= absolute + (relative * Math.Abs(expected[i]));
            Assert.True(fits, $"{what}[{i}]: {actual[i]:R}, not {expected[i]:R}");
        }
    }

    public static void Close(double expected, double actual, double absolute, double relative, string what) =>
        Close([expected], [actual], absolute, relative, what);

    /// <summary>Two tensors of one shape.</summary>
    public static void Close(Tensor expected, Tensor actual, double absolute, double relative, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        Close(Values(expected), Values(actual), absolute, relative, what);
    }

    /// <summary>A tensor against a digest (sums, and values at some places) or against all of its values.</summary>
    public static void Digest(JsonElement expected, Tensor actual, double absolute, double relative, string what)
    {
        Assert.Equal(expected.Integers("shape"), actual.shape);
        var values = Values(actual);
        var chosen = expected.TryGetProperty("at", out _) ? Array.ConvertAll(expected.Integers("at"), at => values[at]) : values;
        Close(expected.Numbers("values"), chosen, absolute, relative, what);
        if (expected.TryGetProperty("sum", out var sum))
        {
            var total = expected.Real("abs_sum");
            Close(sum.GetDouble(), values.Sum(), (absolute * values.Length) + (relative * total), 0, $"{what}, sum");
            Close(total, values.Sum(Math.Abs), absolute * values.Length, relative, $"{what}, sum of magnitudes");
            Close(
                expected.Real("sum_sq"),
                values.Sum(value => value * value),
                absolute * values.Length,
                2 * relative,
                $"{what}, sum of squares"
            );
        }
    }
}
