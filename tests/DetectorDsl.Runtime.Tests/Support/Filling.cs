using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Support;

/// <summary>Numbers that follow from a seed and a position, the same in every language.</summary>
internal static class Filling
{
    /// <summary>A number in [0, 1) for a seed and a position.</summary>
    public static double Unit(uint seed, uint position) => unchecked(Mix(position + Mix(seed + 0x9e3779b9u))) / 4294967296.0;

    /// <summary>Numbers in [low, high) in row-major order.</summary>
    public static double[] Numbers(long seed, long count, double low, double high)
    {
        var numbers = new double[count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = low + ((high - low) * Unit((uint)seed, (uint)i));
        }

        return numbers;
    }

    /// <summary>A tensor of such numbers, rounded to single precision where that is its type.</summary>
    public static Tensor Fill(long seed, ReadOnlySpan<long> shape, double low, double high, ScalarType type = ScalarType.Float64)
    {
        var count = 1L;
        foreach (var side in shape)
        {
            count *= side;
        }

        using var whole = tensor(Numbers(seed, count, low, high), shape.ToArray());
        return whole.to(type, copy: true);
    }

    private static uint Mix(uint x)
    {
        unchecked
        {
            x ^= x >> 16;
            x *= 0x7feb352du;
            x ^= x >> 15;
            x *= 0x846ca68bu;
            x ^= x >> 16;
            return x;
        }
    }
}
