namespace DetectorDsl.Evaluation.Statistics;

/// <summary>Student's t distribution: how far the mean of few numbers may lie from the truth.</summary>
/// <remarks>
/// P(T &lt;= t) = 1 - I(n / (n + t²); n/2, 1/2) / 2 for t >= 0 with I the regularised incomplete beta function, here by its continued fraction
/// (Abramowitz and Stegun, 26.7.1 and 26.5.8).
/// </remarks>
public static class StudentT
{
    private const double Tiny = 1e-300;
    private const double Precision = 1e-15;
    private const int MostTerms = 500;
    private const int Halvings = 200;

    // Stirling's series (Abramowitz and Stegun, 6.1.41) is exact to the last digit from here on.
    private const double LargeArgument = 15;

    /// <summary>Probability of a value of at most t.</summary>
    /// <param name="t">Any number.</param>
    /// <param name="degreesOfFreedom">n, above 0.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are not above 0.</exception>
    public static double Probability(double t, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        var tail = IncompleteBeta(degreesOfFreedom / (degreesOfFreedom + (t * t)), degreesOfFreedom / 2, 0.5) / 2;
        return t > 0 ? 1 - tail : tail;
    }

    /// <summary>The t that a share of values does not exceed.</summary>
    /// <param name="probability">The share, above 0 and below 1: 0.975 for the ends of a two-sided 95 % interval.</param>
    /// <param name="degreesOfFreedom">n, above 0.</param>
    /// <returns>t.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1, or the degrees of freedom are not above 0.</exception>
    public static double Quantile(double probability, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        if (probability < 0.5)
        {
            return -Quantile(1 - probability, degreesOfFreedom);
        }

        var (low, high) = (0.0, 1.0);
        while (Probability(high, degreesOfFreedom) < probability)
        {
            (low, high) = (high, high * 2);
        }

        for (var i = 0; i < Halvings && low < high; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Probability(middle, degreesOfFreedom) < probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private static double IncompleteBeta(double x, double a, double b)
    {
        if (x is <= 0 or >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x)));

        // The fraction converges quickly on this side of the mean only.
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - (front * Fraction(1 - x, b, a) / b);
    }

    // Lentz's evaluation: numerator and denominator of the convergents, as ratios of neighbours.
    private static double Fraction(double x, double a, double b)
    {
        var c = 1.0;
        var d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        var value = d;
        for (var m = 1; m <= MostTerms; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            value *= d * c;
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            value *= d * c;
            if (Math.Abs((d * c) - 1) < Precision)
            {
                break;
            }
        }

        return value;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    private static double LogGamma(double x)
    {
        var below = 0.0;
        for (; x < LargeArgument; x++)
        {
            below += Math.Log(x);
        }

        var square = x * x;
        var series = (1 / 12.0) - ((1 / 360.0) - ((1 / 1260.0) - ((1 / 1680.0) - (1 / (1188.0 * square))) / square) / square) / square;
        return ((x - 0.5) * Math.Log(x)) - x + (Math.Log(2 * Math.PI) / 2) + (series / x) - below;
    }
}
