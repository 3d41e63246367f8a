namespace DetectorDsl.Annotations.Tests.Support;

/// <summary>The reference values' numbers in [0, 1) by seed and position; their text states the rule.</summary>
internal static class SharedRandom
{
    public static double U(uint seed, uint position) => Mix(position + Mix(seed + 0x9e3779b9)) / 4294967296.0;

    private static uint Mix(uint x)
    {
        x ^= x >> 16;
        x *= 0x7feb352d;
        x ^= x >> 15;
        x *= 0x846ca68b;
        return x ^ (x >> 16);
    }
}
