using System.Collections.Immutable;

namespace DetectorDsl.Evaluation;

/// <summary>What is compared, and how it is counted. Begin with <see cref="Coco" /> or <see cref="Lvis" /> and change what differs.</summary>
public sealed record EvaluationSettings
{
    private EvaluationSettings(EvaluationRules rules, IouType iouType)
    {
        Rules = rules;
        IouType = iouType;
    }

    /// <summary>COCO's or LVIS's rules.</summary>
    public EvaluationRules Rules { get; }

    /// <summary>Whether boxes or masks are compared.</summary>
    public IouType IouType { get; init; }

    /// <summary>Overlaps from which a detection counts as right, rising, in (0, 1]; at most 64. Default: 0.50, 0.55 ... 0.95.</summary>
    public ImmutableArray<double> IouThresholds { get; init; } = Grid.IouThresholds;

    /// <summary>Sizes of objects told apart; the first is that of the overall values. Default: all, small to 32², medium to 96², large.</summary>
    public ImmutableArray<AreaRange> AreaRanges { get; init; } =
    [new("", 0, 1e10), new("s", 0, 32 * 32), new("m", 32 * 32, 96 * 96), new("l", 96 * 96, 1e10)];

    /// <summary>
    /// The best detections of an image and category that count, rising; recall is given at each, everything else at the last.
    /// Empty for no limit. Default: 1, 10, 100 (COCO), no limit (LVIS).
    /// </summary>
    public ImmutableArray<int> MaxDetections { get; init; } = [];

    /// <summary>The best detections of an image, over all categories, that are looked at; null for no limit. Default: 300 (LVIS), no limit (COCO).</summary>
    public int? MaxDetectionsPerImage { get; init; }

    /// <summary>
    /// The best detections of a category, over all images, that are looked at; null for no limit (default). 10,000 without a limit per image is
    /// AP-Fixed: Dave et al., "Evaluating Large-Vocabulary Object Detectors".
    /// </summary>
    public int? MaxDetectionsPerCategory { get; init; }

    /// <summary>Whether categories are not told apart when matching: one curve for everything. Default: false.</summary>
    public bool ClassAgnostic { get; init; }

    /// <summary>
    /// Whether a detection's area is its mask's even where a box is given too; it acts as if the results had no boxes. Default: false, as the
    /// established software treats a file with both.
    /// </summary>
    public bool AreaFromMask { get; init; }

    /// <summary>Most threads at work; -1 (default) for as many as the machine has.</summary>
    public int Threads { get; init; } = -1;

    /// <summary>COCO's rules and limits.</summary>
    /// <param name="iouType">What is compared.</param>
    /// <returns>The settings.</returns>
    public static EvaluationSettings Coco(IouType iouType) => new(EvaluationRules.Coco, iouType) { MaxDetections = [1, 10, 100] };

    /// <summary>LVIS's federated rules and limits.</summary>
    /// <param name="iouType">What is compared.</param>
    /// <returns>The settings.</returns>
    public static EvaluationSettings Lvis(IouType iouType) => new(EvaluationRules.Lvis, iouType) { MaxDetectionsPerImage = 300 };

    /// <summary>AP-Fixed: LVIS's rules with the best 10,000 detections of each category instead of the best 300 of each image.</summary>
    /// <param name="iouType">What is compared.</param>
    /// <returns>The settings.</returns>
    public static EvaluationSettings LvisFixed(IouType iouType) =>
        Lvis(iouType) with
        {
            MaxDetectionsPerImage = null,
            MaxDetectionsPerCategory = 10_000,
        };

    internal int? MaxDetectionsPerCell => MaxDetections.IsEmpty ? null : MaxDetections[^1];

    internal void Validate()
    {
        Require(
            IouThresholds is { IsDefault: false, Length: >= 1 and <= 64 }
                && IsRising(IouThresholds)
                && IouThresholds[0] > 0
                && IouThresholds[^1] <= 1,
            nameof(IouThresholds),
            "1 to 64 rising numbers in (0, 1]"
        );
        Require(AreaRanges is { IsDefault: false, Length: >= 1 }, nameof(AreaRanges), "at least one range");
        Require(
            !MaxDetections.IsDefault && IsRising(MaxDetections) && (MaxDetections.IsEmpty || MaxDetections[0] > 0),
            nameof(MaxDetections),
            "rising numbers above 0"
        );
        Require(MaxDetectionsPerImage is null or > 0, nameof(MaxDetectionsPerImage), "a number above 0, or null for no limit");
        Require(MaxDetectionsPerCategory is null or > 0, nameof(MaxDetectionsPerCategory), "a number above 0, or null for no limit");
        Require(Threads is -1 or > 0, nameof(Threads), "a number above 0, or -1 for as many as the machine has");
    }

    private static bool IsRising<T>(ImmutableArray<T> numbers)
        where T : IComparable<T>
    {
        for (var i = 1; i < numbers.Length; i++)
        {
            if (numbers[i - 1].CompareTo(numbers[i]) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static void Require(bool condition, string name, string what)
    {
        if (!condition)
        {
            throw new ArgumentException($"{nameof(EvaluationSettings)}.{name}: {what} needed.", name);
        }
    }
}
