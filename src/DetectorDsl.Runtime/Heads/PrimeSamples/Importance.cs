namespace DetectorDsl.Runtime.Heads.PrimeSamples;

/// <summary>From linear importance to weights (PISA, section 4.1, equations 2 and 3).</summary>
internal static class Importance
{
    /// <summary>(bias + (1 - bias) importance)^k.</summary>
    public static float Weight(double importance, double k, double bias) => (float)Math.Pow(bias + ((1 - bias) * importance), k);

    /// <summary>Scales weights so that the weighted sum of losses is what it was; leaves them where there is no loss to weigh.</summary>
    /// <param name="weights">Scaled in place.</param>
    /// <param name="before">Weights before; null for 1.</param>
    /// <param name="losses">Losses before weights.</param>
    public static void KeepSum(Span<float> weights, ReadOnlySpan<float> before, ReadOnlySpan<float> losses)
    {
        var (old, now) = (0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            old += losses[i] * (double)(before.IsEmpty ? 1 : before[i]);
            now += losses[i] * (double)weights[i];
        }

        var ratio = old / now;
        for (var i = 0; double.IsFinite(ratio) && i < weights.Length; i++)
        {
            weights[i] = (float)(weights[i] * ratio);
        }
    }
}
