using DetectorDsl.Evaluation.Statistics;
using Xunit;

namespace DetectorDsl.Evaluation.Tests.Statistics;

public sealed class PairedComparisonTests
{
    // Student's own example (The Probable Error of a Mean, 1908): hours of sleep that ten patients gained with two drugs. Mean difference 1.58,
    // deviation 1.2299955 (with n - 1), so the 95 % interval is 1.58 -+ 2.262157 x 1.2299955 / sqrt(10) = [0.70011, 2.45989].
    private static readonly double[] First = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    private static readonly double[] Second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    [Fact]
    public void Difference_IsStudentsOfTheSleepData()
    {
        var difference = PairedComparison.Difference(ByPatient(Second), ByPatient(First));

        Assert.Equal(10, difference.Count);
        Assert.Equal(1.58, difference.Mean, 10);
        Assert.Equal(1.2299955, difference.Deviation, 1e-6);
        Assert.Equal(0.7001142, difference.Lower, 1e-6);
        Assert.Equal(2.4598858, difference.Upper, 1e-6);
    }

    [Fact]
    public void WhatBothHaveInCommon_Cancels()
    {
        // Seeds differ by 10, the methods by 1 to 2: unpaired, nothing could be told.
        var difference = PairedComparison.Difference(ByPatient([11, 21.5, 32]), ByPatient([10, 20, 30]));

        Assert.Equal(1.5, difference.Mean, 10);
        Assert.Equal(0.5, difference.Deviation, 10);
        Assert.True(difference.Lower > 0);
    }

    [Fact]
    public void OnlyPairsCount()
    {
        var difference = PairedComparison.Difference(
            new Dictionary<int, double> { [1] = 3, [2] = 100 },
            new Dictionary<int, double> { [1] = 1, [3] = -100 }
        );

        Assert.Equal((1, 2.0), (difference.Count, difference.Mean));
    }

    [Fact]
    public void OnePair_HasNoInterval_AndSupportsNoClaim()
    {
        var difference = MeanEstimate.Of([5.0]);

        Assert.True(double.IsNaN(difference.Deviation) && double.IsNaN(difference.Lower));
        Assert.False(difference.Lower > 0);
    }

    [Fact]
    public void NoPair_HasNoMean() => Assert.True(double.IsNaN(MeanEstimate.Of([]).Mean));

    private static Dictionary<int, double> ByPatient(double[] values) =>
        values.Select((value, patient) => (value, patient)).ToDictionary(item => item.patient, item => item.value);
}
