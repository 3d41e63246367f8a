using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DetectorDsl.Evaluation.Statistics;
using DetectorDsl.Hosting.Experiments;

namespace LongTail.Experiment;

/// <summary>The tables of an experiment, from whatever is finished of it.</summary>
/// <param name="comparison">Holds the results.</param>
/// <param name="budget">What was trained.</param>
/// <param name="rows">The rows wanted.</param>
/// <param name="samplings">The samplers wanted.</param>
internal sealed class Report(Comparison comparison, Budget budget, IReadOnlyList<Row> rows, IReadOnlyList<Sampling> samplings)
{
    private static readonly string[] Metrics = ["AP", "APr", "APc", "APf"];

    private static readonly string[] DifferenceColumns =
    [
        "method",
        "baseline",
        .. Names.Kinds.SelectMany(kind => Metrics.Select(metric => $"{Names.Singular(kind)} {metric}")),
        "pairs",
        "box AP and mask AP",
    ];

    /// <summary>Tables for people.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"Budget \"{budget.Name}\"{(budget.IsQuick ? " (a glimpse: too few steps and seeds for any claim)" : "")}: {Number.Text(budget.Epochs)} epochs of the random sampler, as many steps with the other; seeds {string.Join(", ", budget.Seeds)}; learning rates {string.Join(", ", budget.LearningRates.Select(Number.Text))} tried on seed {budget.TuningSeed}.\n"
        );
        if (Convergence() is { Count: > 0 } gain)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"APf that the last fifth of cross-entropy's training added (boxes, balanced validation, random sampler): {Signed(gain.Mean)}, mean of {gain.Count} seeds.\n"
            );
        }

        foreach (var sampling in samplings)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n## {Title(sampling)}\n\nPaired differences, balanced validation, at most 300 detections an image: mean over seeds, with the two-sided 95 % interval by the t distribution. \"Shown\" where the lower end is above 0 for boxes and for masks.\n\n"
            );
            text.Append(
                MarkdownTable.Of(
                    DifferenceColumns,
                    Rows.Comparisons.Where(pair => rows.Contains(pair.Method) && rows.Contains(pair.Baseline))
                        .Select(pair => DifferenceRow(pair, sampling))
                )
            );
            foreach (var set in Names.Sets)
            {
                foreach (var limit in Names.Limits)
                {
                    text.Append(CultureInfo.InvariantCulture, $"\n### {Title(sampling)}, {set} validation, {LimitTitle(limit)}\n\n");
                    text.Append(
                        MarkdownTable.Of(
                            [
                                "",
                                .. Names.Kinds.SelectMany(kind => Metrics.Select(metric => $"{Names.Singular(kind)} {metric}")),
                                "learning rate",
                                "seeds",
                            ],
                            rows.Where(row => row.Trainer(sampling) is not null).Select(row => ValueRow(row, sampling, set, limit))
                        )
                    );
                }
            }
        }

        return text.ToString();
    }

    /// <summary>The same for programs: means, deviations and differences without rounding.</summary>
    public string ToJson()
    {
        var json = new JsonObject
        {
            ["budget"] = budget.Name,
            ["seeds"] = new JsonArray([.. budget.Seeds.Select(seed => (JsonNode)seed)]),
            ["samplers"] = new JsonObject(
                samplings.Select(sampling =>
                    KeyValuePair.Create(
                        sampling.ToString(),
                        (JsonNode?)
                            new JsonObject
                            {
                                ["rows"] = new JsonObject(
                                    rows.Select(row => KeyValuePair.Create(row.Name, (JsonNode?)RowJson(row, sampling)))
                                ),
                                ["differences"] = new JsonArray([
                                    .. Rows
                                        .Comparisons.Where(pair => rows.Contains(pair.Method) && rows.Contains(pair.Baseline))
                                        .Select(pair => DifferenceJson(pair, sampling)),
                                ]),
                            }
                    )
                )
            ),
        };
        return json.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    /// <summary>Whether a method is better than its baseline on the balanced validation by a value, and by how much.</summary>
    public MeanEstimate Difference((Row Method, Row Baseline) pair, Sampling sampling, string kind, string metric)
    {
        var name = Names.Of(Names.Balanced, kind, Names.Usual, metric);
        return PairedComparison.Difference(Values(pair.Method, sampling, name), Values(pair.Baseline, sampling, name));
    }

    private MeanEstimate Convergence()
    {
        var name = Names.Of(Names.Balanced, Names.Boxes, Names.Usual, "APf");
        return PairedComparison.Difference(
            Values(Rows.Baseline, Sampling.Random, name),
            Values(Rows.Baseline, Sampling.Random, Names.Early + name)
        );
    }

    private string[] DifferenceRow((Row Method, Row Baseline) pair, Sampling sampling)
    {
        var (boxes, masks) = (Difference(pair, sampling, Names.Boxes, "AP"), Difference(pair, sampling, Names.Masks, "AP"));
        var verdict =
            boxes.Count < 2 ? ""
            : boxes.Lower > 0 && masks.Lower > 0 ? "shown"
            : boxes.Upper < 0 && masks.Upper < 0 ? "the opposite is shown"
            : "not shown";
        return
        [
            pair == Rows.Claim ? $"**{pair.Method.Title}**" : pair.Method.Title,
            pair.Baseline.Title,
            .. Names.Kinds.SelectMany(kind => Metrics.Select(metric => Interval(Difference(pair, sampling, kind, metric)))),
            boxes.Count.ToString(CultureInfo.InvariantCulture),
            verdict,
        ];
    }

    private string[] ValueRow(Row row, Sampling sampling, string set, string limit)
    {
        var count = comparison.Values(row, sampling).Count;
        return
        [
            row.Title,
            .. Names.Kinds.SelectMany(kind =>
                Metrics.Select(metric => Spread(MeanEstimate.Of(Values(row, sampling, Names.Of(set, kind, limit, metric)).Values)))
            ),
            comparison.LearningRate(row) is { } rate ? Number.Text(rate) : "",
            count.ToString(CultureInfo.InvariantCulture),
        ];
    }

    private JsonObject RowJson(Row row, Sampling sampling)
    {
        var bySeed = comparison.Values(row, sampling);
        return new JsonObject
        {
            ["learning_rate"] = comparison.LearningRate(row),
            ["seeds"] = new JsonArray([.. bySeed.Keys.Select(seed => (JsonNode)seed)]),
            ["values"] = new JsonObject(
                bySeed
                    .Values.SelectMany(values => values.Keys)
                    .Distinct()
                    .Order(StringComparer.Ordinal)
                    .Select(name => KeyValuePair.Create(name, (JsonNode?)EstimateJson(MeanEstimate.Of(Values(row, sampling, name).Values))))
            ),
        };
    }

    private JsonObject DifferenceJson((Row Method, Row Baseline) pair, Sampling sampling)
    {
        var json = new JsonObject { ["method"] = pair.Method.Name, ["baseline"] = pair.Baseline.Name };
        foreach (var name in Names.Kinds.SelectMany(kind => Metrics.Select(metric => Names.Of(Names.Balanced, kind, Names.Usual, metric))))
        {
            json[name] = EstimateJson(
                PairedComparison.Difference(Values(pair.Method, sampling, name), Values(pair.Baseline, sampling, name))
            );
        }

        return json;
    }

    private static JsonObject EstimateJson(MeanEstimate estimate) =>
        new()
        {
            ["count"] = estimate.Count,
            ["mean"] = Finite(estimate.Mean),
            ["deviation"] = Finite(estimate.Deviation),
            ["lower"] = Finite(estimate.Lower),
            ["upper"] = Finite(estimate.Upper),
        };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private ImmutableSortedDictionary<long, double> Values(Row row, Sampling sampling, string name) =>
        comparison
            .Values(row, sampling)
            .Where(item => item.Value.ContainsKey(name))
            .ToImmutableSortedDictionary(item => item.Key, item => item.Value[name]);

    private static string Title(Sampling sampling) =>
        sampling == Sampling.Random ? "Random sampler" : "Repeat factor sampler, threshold 100 images";

    private static string LimitTitle(string limit) => limit == Names.Fixed ? "AP-Fixed" : $"at most {limit} detections an image";

    private static string Spread(MeanEstimate estimate) =>
        estimate.Count switch
        {
            0 => "",
            1 => Percent(estimate.Mean),
            _ => $"{Percent(estimate.Mean)} ± {Percent(estimate.Deviation)}",
        };

    private static string Interval(MeanEstimate estimate) =>
        estimate.Count switch
        {
            0 => "",
            1 => Signed(estimate.Mean),
            _ => $"{Signed(estimate.Mean)} [{Signed(estimate.Lower)}, {Signed(estimate.Upper)}]",
        };

    private static string Percent(double value) => (100 * value).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Signed(double value) => (100 * value).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);
}
