using System.Collections.Immutable;
using DetectorDsl.Evaluation.Matching;

namespace DetectorDsl.Evaluation.Reporting;

/// <summary>The values of an evaluation.</summary>
/// <param name="Rules"><c>coco</c> or <c>lvis</c>.</param>
/// <param name="IouType"><c>bbox</c> or <c>segm</c>.</param>
/// <param name="Metrics">The named values in the order of the established software; -1 where there is nothing to average.</param>
/// <param name="Categories">Every category of the annotations in order of ids; empty where they were not told apart.</param>
/// <param name="Counts">What was compared.</param>
public sealed record EvaluationReport(
    string Rules,
    string IouType,
    ImmutableArray<Metric> Metrics,
    ImmutableArray<CategoryResult> Categories,
    EvaluationCounts Counts
)
{
    /// <summary>What was met among the objects that a reader of the values should know of. Default: nothing.</summary>
    public TruthRemarks Truth { get; init; } = new();

    /// <summary>A value by its name.</summary>
    /// <param name="name">Such as <c>AP50</c>.</param>
    /// <returns>0 to 1; -1 where there is nothing to average.</returns>
    /// <exception cref="KeyNotFoundException">The rules have no such value.</exception>
    public double this[string name]
    {
        get
        {
            foreach (var metric in Metrics)
            {
                if (metric.Name == name)
                {
                    return metric.Value;
                }
            }

            throw new KeyNotFoundException(
                $"No metric is called '{name}'; there are {string.Join(", ", Metrics.Select(metric => metric.Name))}."
            );
        }
    }
}
