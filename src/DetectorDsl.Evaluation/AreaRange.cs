namespace DetectorDsl.Evaluation;

/// <summary>Objects by their area; both ends belong to the range.</summary>
/// <param name="Suffix">What the metrics' names carry, such as <c>s</c> in <c>APs</c>.</param>
/// <param name="Minimum">Smallest area in pixels.</param>
/// <param name="Maximum">Largest area in pixels.</param>
public readonly record struct AreaRange(string Suffix, double Minimum, double Maximum)
{
    /// <summary>Whether an object's size lies outside.</summary>
    /// <param name="area">Its area in pixels.</param>
    /// <returns>True outside.</returns>
    public bool Excludes(double area) => area < Minimum || area > Maximum;
}
