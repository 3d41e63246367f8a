namespace DetectorDsl.Structures;

/// <summary>A small random number generator (xoshiro256**, Blackman and Vigna 2018), the same on every machine for the same seed.</summary>
public sealed class RandomSource
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    private RandomSource(ulong seed)
    {
        s0 = Mix(ref seed);
        s1 = Mix(ref seed);
        s2 = Mix(ref seed);
        s3 = Mix(ref seed);
    }

    /// <summary>A stream of its own for each combination of numbers, so that no two parts of a program share one.</summary>
    /// <param name="keys">Seed first, then whatever tells the stream apart: epoch, image, purpose.</param>
    /// <returns>The stream.</returns>
    public static RandomSource For(params ReadOnlySpan<long> keys)
    {
        var state = 0x243F6A8885A308D3UL;
        foreach (var key in keys)
        {
            state = unchecked((state ^ (ulong)key) * 0x9E3779B97F4A7C15UL);
            state = Mix(ref state);
        }

        return new RandomSource(state);
    }

    /// <summary>The next 64 random bits.</summary>
    /// <returns>The bits.</returns>
    public ulong NextBits()
    {
        var result = unchecked(ulong.RotateLeft(s1 * 5, 7) * 9);
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = ulong.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>A number from 0 (included) to 1 (excluded).</summary>
    /// <returns>The number.</returns>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number between two bounds.</summary>
    /// <param name="low">Lower bound, included.</param>
    /// <param name="high">Upper bound, excluded.</param>
    /// <returns>The number.</returns>
    public double Between(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>A whole number from 0 (included) to a bound (excluded), each equally likely.</summary>
    /// <param name="bound">The bound, at least 1.</param>
    /// <returns>The number.</returns>
    public int NextInt(int bound) => (int)(((UInt128)NextBits() * (ulong)bound) >> 64);

    /// <summary>Brings items into random order.</summary>
    /// <typeparam name="T">Type of the items.</typeparam>
    /// <param name="items">The items, reordered in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    // SplitMix64 (Steele, Lea and Flood 2014).
    private static ulong Mix(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
