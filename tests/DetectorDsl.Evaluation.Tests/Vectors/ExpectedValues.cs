using System.Text.Json;
using DetectorDsl.Evaluation.Reporting;

namespace DetectorDsl.Evaluation.Tests.Vectors;

/// <summary>Compares a report with an entry of the reference values.</summary>
internal static class ExpectedValues
{
    private const double Tolerance = 1e-9;

    public static void AssertAgrees(JsonElement expected, EvaluationReport report)
    {
        Assert.Equal(
            expected.GetProperty("metrics").EnumerateObject().Select(metric => metric.Name),
            report.Metrics.Select(metric => metric.Name)
        );
        foreach (var metric in expected.GetProperty("metrics").EnumerateObject())
        {
            AssertClose(metric.Value.GetDouble(), report[metric.Name], metric.Name);
        }

        if (!expected.TryGetProperty("per_category", out var categories))
        {
            return;
        }

        var found = report.Categories.Where(category => category.AP > -1).ToDictionary(category => category.Id);
        Assert.Equal(categories.EnumerateObject().Select(item => int.Parse(item.Name, null)).Order(), found.Keys.Order());
        foreach (var item in categories.EnumerateObject())
        {
            var category = found[int.Parse(item.Name, null)];
            AssertClose(item.Value[0].GetDouble(), category.AP, $"AP of category {item.Name}");
            AssertClose(item.Value[1].GetDouble(), category.AP50, $"AP50 of category {item.Name}");
            AssertClose(item.Value[2].GetDouble(), category.AR, $"AR of category {item.Name}");
        }
    }

    private static void AssertClose(double expected, double actual, string what) =>
        Assert.True(Math.Abs(expected - actual) <= Tolerance, $"{what}: {actual:R}, expected {expected:R}");
}
