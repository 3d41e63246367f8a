namespace DetectorDsl.Evaluation.Summaries;

/// <summary>Mean of the entries that are not marked -1; -1 where there are none.</summary>
internal struct MeanOfValid
{
    private double sum;
    private int count;

    public readonly double Value => count == 0 ? -1 : sum / count;

    public static double Of(ReadOnlySpan<double> values)
    {
        var mean = default(MeanOfValid);
        mean.Add(values);
        return mean.Value;
    }

    public void Add(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (value > -1)
            {
                sum += value;
                count++;
            }
        }
    }
}
