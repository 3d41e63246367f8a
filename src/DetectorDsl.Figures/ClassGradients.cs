namespace DetectorDsl.Figures;

/// <summary>Magnitudes of the gradients that arrived at a class's logit over a training.</summary>
/// <param name="Positive">From regions of the class.</param>
/// <param name="FromClasses">From regions of other classes.</param>
/// <param name="FromBackground">From background.</param>
public readonly record struct ClassGradients(double Positive, double FromClasses, double FromBackground)
{
    // So that a class that was never pushed down has a ratio (Tan et al. 2021, section 3.1).
    private const double Least = 1e-10;

    /// <summary>From foreground regions of other classes.</summary>
    public double Negative => FromClasses;

    /// <summary>From all regions of other classes and of background.</summary>
    public double NegativeOfAll => FromClasses + FromBackground;

    /// <summary>Positive over negative, foreground regions only.</summary>
    public double Ratio => Positive / (Negative + Least);

    /// <summary>Positive over negative, all regions.</summary>
    public double RatioOfAll => Positive / (NegativeOfAll + Least);

    /// <summary>Adds up two heads, or two runs.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sums.</returns>
    public static ClassGradients operator +(ClassGradients left, ClassGradients right) =>
        new(left.Positive + right.Positive, left.FromClasses + right.FromClasses, left.FromBackground + right.FromBackground);

    /// <summary>Adds up two heads, or two runs.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sums.</returns>
    public static ClassGradients Add(ClassGradients left, ClassGradients right) => left + right;
}
