using System.Numerics;

namespace DetectorDsl.Detection.PrimeSamples;

/// <summary>From linear importance to weights (PISA, section 4.1, equations 2 and 3).</summary>
internal static class Importance
{
    /// <summary>(bias + (1 - bias) importance)^k.</summary>
    public static T Weight<T>(double importance, double k, double bias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(Math.Pow(bias + ((1 - bias) * importance), k));

    /// <summary>Scales weights so that the weighted sum of losses is what it was; leaves them where there is no loss to weigh.</summary>
    /// <param name="weights">Scaled in place.</param>
    /// <param name="before">Weights before; null for 1.</param>
    /// <param name="losses">Losses before weights.</param>
    public static void KeepSum<T>(Span<T> weights, ReadOnlySpan<T> before, ReadOnlySpan<T> losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (old, now) = (0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            var loss = double.CreateTruncating(losses[i]);
            old += loss * (before.IsEmpty ? 1 : double.CreateTruncating(before[i]));
            now += loss * double.CreateTruncating(weights[i]);
        }

        var ratio = old / now;
        for (var i = 0; double.IsFinite(ratio) && i < weights.Length; i++)
        {
            weights[i] = T.CreateTruncating(double.CreateTruncating(weights[i]) * ratio);
        }
    }
}
