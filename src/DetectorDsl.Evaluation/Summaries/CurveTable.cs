using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Summaries;

/// <summary>Mean precision and final recall of every category, area range and threshold; -1 where a category has no object of that size.</summary>
internal sealed class CurveTable
{
    private readonly CategoryFrequency?[] frequencies;
    private readonly double[] precisions;
    private readonly double[] recalls;
    private readonly double[] limitedRecalls;

    public CurveTable(EvaluationSettings settings, CategoryFrequency?[] frequencies)
    {
        Settings = settings;
        this.frequencies = frequencies;
        (Categories, Thresholds) = (frequencies.Length, settings.IouThresholds.Length);
        precisions = Filled(Categories * settings.AreaRanges.Length * Thresholds);
        recalls = Filled(precisions.Length);
        limitedRecalls = Filled(Categories * settings.MaxDetections.Length * Thresholds);
    }

    public EvaluationSettings Settings { get; }

    /// <summary>Number of curves' categories: 1 where they are not told apart.</summary>
    public int Categories { get; }

    private int Thresholds { get; }

    /// <summary>Mean precision over the recall points, one value a threshold.</summary>
    public Span<double> Precisions(int category, int area) =>
        precisions.AsSpan(((category * Settings.AreaRanges.Length) + area) * Thresholds, Thresholds);

    /// <summary>Final recall, one value a threshold.</summary>
    public Span<double> Recalls(int category, int area) =>
        recalls.AsSpan(((category * Settings.AreaRanges.Length) + area) * Thresholds, Thresholds);

    /// <summary>Final recall over all sizes under one of the limits per image, one value a threshold.</summary>
    public Span<double> LimitedRecalls(int category, int limit) =>
        limitedRecalls.AsSpan(((category * Settings.MaxDetections.Length) + limit) * Thresholds, Thresholds);

    public double MeanPrecision(int area, double? threshold = null, CategoryFrequency? frequency = null)
    {
        var index = threshold is { } value ? IndexOf(value) : null;
        if (threshold is not null && index is null)
        {
            return -1;
        }

        var mean = default(MeanOfValid);
        for (var category = 0; category < Categories; category++)
        {
            if (frequency is null || frequencies[category] == frequency)
            {
                mean.Add(index is { } i ? Precisions(category, area).Slice(i, 1) : Precisions(category, area));
            }
        }

        return mean.Value;
    }

    public double MeanRecall(int area)
    {
        var mean = default(MeanOfValid);
        for (var category = 0; category < Categories; category++)
        {
            mean.Add(Recalls(category, area));
        }

        return mean.Value;
    }

    public double MeanRecallAt(int limit)
    {
        var mean = default(MeanOfValid);
        for (var category = 0; category < Categories; category++)
        {
            mean.Add(LimitedRecalls(category, limit));
        }

        return mean.Value;
    }

    /// <summary>Mean precision of one category, over all thresholds or at one.</summary>
    public double Precision(int category, int area, double? threshold = null)
    {
        var values = Precisions(category, area);
        return threshold is { } value
            ? IndexOf(value) is { } index
                ? values[index]
                : -1
            : MeanOfValid.Of(values);
    }

    /// <summary>Final recall of one category over all thresholds.</summary>
    public double Recall(int category, int area) => MeanOfValid.Of(Recalls(category, area));

    private static double[] Filled(int length)
    {
        var values = new double[length];
        foreach (ref var value in values.AsSpan())
        {
            value = -1;
        }

        return values;
    }

    private int? IndexOf(double threshold)
    {
        for (var i = 0; i < Thresholds; i++)
        {
            if (Math.Abs(Settings.IouThresholds[i] - threshold) < 1e-9)
            {
                return i;
            }
        }

        return null;
    }
}
