using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DetectorDsl.Hosting.Experiments;

namespace LongTail.Experiment;

/// <summary>
/// Whether the data is as hard as it should be, by cross-entropy alone: the frequent classes are learnt, the rare ones are not, and it is their rarity
/// that makes the difference. Means over seeds.
/// </summary>
/// <param name="FrequentAP50">Box AP50 of the frequent classes, balanced validation.</param>
/// <param name="RareAP50">Box AP50 of the rare classes.</param>
/// <param name="BalancedRareAccuracy">Share of the rare classes' annotated boxes that are told rightly after training on images in which all classes are equally frequent.</param>
/// <param name="RareAccuracy">The same after training on the long tail.</param>
/// <param name="LastFifth">APf that the last fifth of the training added.</param>
internal sealed record Difficulty(double FrequentAP50, double RareAP50, double BalancedRareAccuracy, double RareAccuracy, double LastFifth)
{
    /// <summary>Least AP50 of the frequent classes.</summary>
    public const double LeastFrequent = 0.45;

    /// <summary>Most that the rare classes' AP50 may be of the frequent ones'.</summary>
    public const double MostRareShare = 1 / 3.0;

    /// <summary>Least accuracy on the rare classes where they are not rare.</summary>
    public const double LeastBalanced = 0.7;

    /// <summary>Most that the last fifth of the training may add to APf.</summary>
    public const double MostGain = 0.01;

    // Used for nothing else. A single seed's AP50 of fifteen rare classes and gain of the last fifth are a point or two off the mean.
    private static readonly ImmutableArray<long> Seeds = [201, 202, 203, 204];

    /// <summary>Whether all four conditions hold.</summary>
    public bool IsFit =>
        FrequentAP50 >= LeastFrequent
        && RareAP50 <= FrequentAP50 * MostRareShare
        && BalancedRareAccuracy >= LeastBalanced
        && LastFifth < MostGain;

    /// <summary>The runs that tell.</summary>
    /// <param name="learningRate">The rate that cross-entropy is given in the comparison.</param>
    /// <param name="isBalanced">Whether all classes are equally frequent in the training images.</param>
    public static IEnumerable<RowRun> Runs(double learningRate, bool isBalanced) =>
        Seeds.Select(seed => new RowRun(Rows.Baseline, Sampling.Random, seed, learningRate) { IsBalanced = isBalanced });

    /// <summary>Reads it off the runs.</summary>
    /// <param name="tail">Those on the long tail.</param>
    /// <param name="balanced">Those where all classes are equally frequent.</param>
    public static Difficulty Of(IReadOnlyList<RunResult> tail, IReadOnlyList<RunResult> balanced)
    {
        static string Value(string metric) => Names.Of(Names.Balanced, Names.Boxes, Names.Usual, metric);

        static double Mean(IReadOnlyList<RunResult> runs, string name) => runs.Average(run => run.Values[name]);

        return new Difficulty(
            Mean(tail, Value("AP50f")),
            Mean(tail, Value("AP50r")),
            Mean(balanced, $"{Names.Accuracy}.r"),
            Mean(tail, $"{Names.Accuracy}.r"),
            Mean(tail, Value("APf")) - Mean(tail, Names.Early + Value("APf"))
        );
    }

    /// <summary>The conditions as a table.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append(
            MarkdownTable.Of(
                [$"Cross-entropy, mean of seeds {string.Join(", ", Seeds)}", "measured", "wanted"],
                [
                    ["box AP50 of the frequent classes", Percent(FrequentAP50), $"at least {Percent(LeastFrequent)}"],
                    [
                        "box AP50 of the rare classes",
                        Percent(RareAP50),
                        $"at most {Percent(FrequentAP50 * MostRareShare)}, a third of that",
                    ],
                    [
                        "accuracy on the rare classes' boxes, trained on balanced images",
                        Percent(BalancedRareAccuracy),
                        $"at least {Percent(LeastBalanced)}",
                    ],
                    ["the same, trained on the long tail", Percent(RareAccuracy), ""],
                    ["APf gained over the last fifth of the training", Percent(LastFifth), $"less than {Percent(MostGain)}"],
                ]
            )
        );
        return text.ToString();
    }

    private static string Percent(double value) => (100 * value).ToString("0.0", CultureInfo.InvariantCulture);
}
