namespace DetectorDsl.Evaluation.Statistics;

/// <summary>The mean of repeated measurements, and how sure it is.</summary>
/// <param name="Count">Measurements.</param>
/// <param name="Mean">Their mean; not a number where there is none.</param>
/// <param name="Deviation">Standard deviation of a single measurement, from the sum of squares over Count - 1; not a number for fewer than two.</param>
public readonly record struct MeanEstimate(int Count, double Mean, double Deviation)
{
    /// <summary>Half the width of the two-sided 95 % interval of the mean, by the t distribution; not a number for fewer than two measurements.</summary>
    public double Margin => Count < 2 ? double.NaN : StudentT.Quantile(0.975, Count - 1) * Deviation / Math.Sqrt(Count);

    /// <summary>Lower end of the two-sided 95 % interval.</summary>
    public double Lower => Mean - Margin;

    /// <summary>Upper end of the two-sided 95 % interval.</summary>
    public double Upper => Mean + Margin;

    /// <summary>Estimates a mean.</summary>
    /// <param name="values">The measurements.</param>
    /// <returns>The estimate.</returns>
    public static MeanEstimate Of(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (count, mean, squares) = (0, 0.0, 0.0);
        foreach (var value in values)
        {
            count++;
            var step = value - mean;
            mean += step / count;
            squares += step * (value - mean);
        }

        return count == 0
            ? new MeanEstimate(0, double.NaN, double.NaN)
            : new MeanEstimate(count, mean, count < 2 ? double.NaN : Math.Sqrt(squares / (count - 1)));
    }
}
