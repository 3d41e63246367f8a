using System.Collections.Immutable;
using DetectorDsl.Hosting.Trainers;

namespace LongTail.Experiment;

/// <summary>The rows.</summary>
internal static class Rows
{
    /// <summary>The experiment's, in the order of the tables.</summary>
    public static ImmutableArray<Row> Main { get; } =
    [
        new(nameof(CrossEntropy), "CE", () => new CrossEntropyTrainer(), () => new CrossEntropyRfsTrainer()),
        new(nameof(Objectness), "CE + objectness", () => new ObjectnessTrainer(), () => new ObjectnessRfsTrainer()),
        new(
            nameof(ObjectnessNormalized),
            "CE + objectness + normalized linear",
            () => new ObjectnessNormalizedTrainer(),
            () => new ObjectnessNormalizedRfsTrainer()
        ),
        new(nameof(Seesaw), "Seesaw", () => new SeesawTrainer(), () => new SeesawRfsTrainer()),
        new(
            nameof(SeesawNormalized),
            "Seesaw + normalized linear",
            () => new SeesawNormalizedTrainer(),
            () => new SeesawNormalizedRfsTrainer()
        ),
        new(nameof(Equalization), "EQL", () => new EqualizationTrainer(), () => new EqualizationRfsTrainer()),
        new(nameof(GroupSoftmax), "BAGS", () => new GroupSoftmaxTrainer(), () => new GroupSoftmaxRfsTrainer()),
        new(
            nameof(SeesawNormalizedPerClass),
            "Seesaw + normalized linear, boxes and masks per class",
            () => new SeesawNormalizedPerClassTrainer(),
            () => new SeesawNormalizedPerClassRfsTrainer()
        ),
    ];

    /// <summary>Those that are run only when asked for by name.</summary>
    public static ImmutableArray<Row> Further { get; } =
    [
        new(nameof(Mitigation), "Seesaw, mitigation only", () => new MitigationTrainer()),
        new(nameof(Compensation), "Seesaw, compensation only", () => new CompensationTrainer()),
        new(nameof(SeesawWithoutObjectness), "Seesaw without objectness", () => new SeesawWithoutObjectnessTrainer()),
        new(nameof(EqualizationNormalized), "EQL + normalized linear", () => new EqualizationNormalizedTrainer()),
        new(nameof(GroupSoftmaxNormalized), "BAGS + normalized linear", () => new GroupSoftmaxNormalizedTrainer()),
        new(nameof(EqualizationV2), "EQL v2", () => new EqualizationV2Trainer()),
        new(nameof(Federated), "Federated", () => new FederatedTrainer()),
        new(nameof(Drop), "DropLoss", () => new DropTrainer()),
        new(nameof(AdaptiveSuppression), "ACSL", () => new AdaptiveSuppressionTrainer()),
        new(nameof(BalancedSoftmax), "Balanced Softmax", () => new BalancedSoftmaxTrainer()),
    ];

    /// <summary>All of them.</summary>
    public static ImmutableArray<Row> All { get; } = [.. Main, .. Further];

    /// <summary>The row whose difficulty is fixed first, and whose training tells when enough is enough.</summary>
    public static Row Baseline => Main[0];

    /// <summary>The claim: the first is better than the second.</summary>
    public static (Row Method, Row Baseline) Claim { get; } = (Main[4], Main[2]);

    /// <summary>What is compared seed by seed: the claim, the paper's steps on the way to it, and its rivals.</summary>
    public static ImmutableArray<(Row Method, Row Baseline)> Comparisons { get; } =
    [
        Claim,
        (Main[3], Main[1]),
        (Main[1], Main[0]),
        (Main[2], Main[1]),
        (Main[4], Main[3]),
        (Main[4], Main[0]),
        (Main[4], Main[5]),
        (Main[4], Main[6]),
        (Main[5], Main[0]),
        (Main[6], Main[0]),
    ];

    /// <summary>Every declaration, for the trainer's own verbs.</summary>
    public static IReadOnlyList<DetectorTrainer> Trainers =>
        [.. All.Select(row => row.Random()), .. Main.Select(row => row.RepeatFactor!()), new PretrainingTrainer()];

    /// <summary>A row by its name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Row Named(string name) =>
        All.FirstOrDefault(row => string.Equals(row.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"There is no row '{name}'; there are {string.Join(", ", All.Select(row => row.Name))}.",
            nameof(name)
        );
}
