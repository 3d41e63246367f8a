namespace DetectorDsl.Evaluation.Statistics;

/// <summary>
/// Two procedures measured under the same conditions, such as two losses trained with the same seeds: what the pairs have in common cancels in their
/// differences, so that fewer of them decide.
/// </summary>
public static class PairedComparison
{
    /// <summary>The mean difference over the conditions under which both were measured.</summary>
    /// <typeparam name="TCondition">What a measurement is known by, such as its seed.</typeparam>
    /// <param name="values">The procedure that is claimed to be better.</param>
    /// <param name="baseline">The one that it is compared with.</param>
    /// <returns>Mean of value - baseline; a claim holds where its <see cref="MeanEstimate.Lower" /> is above 0.</returns>
    public static MeanEstimate Difference<TCondition>(
        IReadOnlyDictionary<TCondition, double> values,
        IReadOnlyDictionary<TCondition, double> baseline
    )
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(baseline);
        return MeanEstimate.Of(values.Where(pair => baseline.ContainsKey(pair.Key)).Select(pair => pair.Value - baseline[pair.Key]));
    }
}
