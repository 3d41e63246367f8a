using DetectorDsl.Evaluation.Statistics;
using Xunit;

namespace DetectorDsl.Evaluation.Tests.Statistics;

public sealed class StudentTTests
{
    // Percentage points of the t distribution, as the tables in textbooks print them (Fisher and Yates; NIST/SEMATECH e-Handbook, section 1.3.6.7.2).
    [Theory]
    [InlineData(0.975, 1, 12.706)]
    [InlineData(0.975, 2, 4.303)]
    [InlineData(0.975, 4, 2.776)]
    [InlineData(0.975, 9, 2.262)]
    [InlineData(0.975, 19, 2.093)]
    [InlineData(0.975, 100, 1.984)]
    [InlineData(0.95, 4, 2.132)]
    [InlineData(0.95, 9, 1.833)]
    [InlineData(0.995, 4, 4.604)]
    [InlineData(0.999, 30, 3.385)]
    [InlineData(0.9, 1, 3.078)]
    [InlineData(0.025, 4, -2.776)]
    public void Quantile_IsThatOfTheTables(double probability, double degreesOfFreedom, double expected) =>
        Assert.Equal(expected, StudentT.Quantile(probability, degreesOfFreedom), 0.0005);

    [Fact]
    public void OneDegreeOfFreedom_IsCauchys() =>
        Assert.All(new[] { -3, -0.2, 0, 0.5, 1, 40 }, t => Assert.Equal(0.5 + (Math.Atan(t) / Math.PI), StudentT.Probability(t, 1), 12));

    [Fact]
    public void TwoDegreesOfFreedom_HaveAFormulaOfTheirOwn() =>
        Assert.All(new[] { -3, -0.2, 0, 0.5, 1, 40 }, t =>
            Assert.Equal(0.5 + (t / (2 * Math.Sqrt(2 + (t * t)))), StudentT.Probability(t, 2), 12)
        );

    [Fact]
    public void ManyDegreesOfFreedom_AreNormal() => Assert.Equal(1.959964, StudentT.Quantile(0.975, 1e7), 5);

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, -1)]
    public void OutOfRange_IsRefused(double probability, double degreesOfFreedom) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Quantile(probability, degreesOfFreedom));
}
