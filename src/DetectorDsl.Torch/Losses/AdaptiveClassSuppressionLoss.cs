using DetectorDsl.Native;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Adaptive Class Suppression Loss (Wang et al. 2021, section 3): regions on objects push down only the classes that they are confused with.</summary>
/// <remarks>
/// C + 1 sigmoids, the last for background. On an object: its own column, and every other one with a score of at least the threshold. On background: its own
/// column, those of frequent classes, those of common classes on a tenth of the background regions, those of rare ones on a hundredth, drawn anew in each
/// step. L = sum over the divisor. Scores are sigmoids. Source: CASIA-IVA-Lab/ACSL, mmdet/models/losses/acsl.py.
/// </remarks>
public sealed class AdaptiveClassSuppressionLoss : ClassificationLoss
{
    private readonly double threshold;
    private readonly double rareShare;
    private readonly double commonShare;
    private readonly int rareImages;
    private readonly int commonImages;
    private readonly double lossWeight;
    private Group[]? groups;

    /// <summary>Fixes the classes.</summary>
    /// <param name="classes">C.</param>
    /// <param name="threshold">Score from which another class is pushed down.</param>
    /// <param name="rareShare">Share of the background regions that push down rare classes.</param>
    /// <param name="commonShare">Share of the background regions that push down common classes.</param>
    /// <param name="rareImages">Most training images of a rare class.</param>
    /// <param name="commonImages">Most training images of a common class.</param>
    /// <param name="lossWeight">Factor of the term.</param>
    public AdaptiveClassSuppressionLoss(
        int classes,
        double threshold = 0.7,
        double rareShare = 0.01,
        double commonShare = 0.1,
        int rareImages = 10,
        int commonImages = 100,
        double lossWeight = 1.0
    )
        : base(classes)
    {
        (this.threshold, this.rareShare, this.commonShare) = (threshold, rareShare, commonShare);
        (this.rareImages, this.commonImages, this.lossWeight) = (rareImages, commonImages, lossWeight);
    }

    private enum Group
    {
        Rare,
        Common,
        Frequent,
    }

    /// <inheritdoc />
    public override int LogitCount => Classes + 1;

    /// <inheritdoc />
    public override void LearnFrequencies(ClassFrequencies frequencies)
    {
        CheckClasses(frequencies);
        groups =
        [
            .. frequencies.ImageCounts.Select(count =>
                count <= rareImages ? Group.Rare
                : count <= commonImages ? Group.Common
                : Group.Frequent
            ),
        ];
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Describe() =>
        groups is null
            ? []
            :
            [
                $"ACSL: {groups.Count(group => group == Group.Rare)} rare classes (at most {rareImages} images), {groups.Count(group => group == Group.Common)} common (at most {commonImages}), {groups.Count(group => group == Group.Frequent)} frequent.",
            ];

    /// <summary>The loss.</summary>
    /// <param name="logits">R x (C + 1).</param>
    /// <param name="labels">R labels, 0 to C - 1 or C for background.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Divisor, as a rule the number of regions; at least 1 is used.</param>
    /// <param name="stepSeed">Seed of the background regions drawn.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="InvalidOperationException">The class frequencies are not known yet.</exception>
    public Tensor forward(Tensor logits, Tensor labels, Tensor? weights, double averageFactor, long stepSeed)
    {
        CheckInformed(groups is not null);
        var label = RegionLabels.OnHost(labels, Classes);
        long[] background = [.. Enumerable.Range(0, label.Length).Where(row => label[row] == Classes).Select(row => (long)row)];
        return Loss(
            logits,
            labels,
            weights,
            averageFactor,
            Drawn(background, rareShare, stepSeed, 0),
            Drawn(background, commonShare, stepSeed, 1)
        );
    }

    /// <inheritdoc />
    public override Tensor Scores(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return logits.sigmoid();
    }

    /// <summary>The loss, given the background regions that push down rare and common classes.</summary>
    internal Tensor Loss(
        Tensor logits,
        Tensor labels,
        Tensor? weights,
        double averageFactor,
        IEnumerable<long> forRare,
        IEnumerable<long> forCommon
    )
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        var negatives = Negatives(logits, labels, forRare, forCommon);
        return WeightedSigmoid
            .Loss(logits, labels, negatives, null, weights, lossWeight / Math.Max(averageFactor, 1))
            .MoveToOuterDisposeScope();
    }

    // Weights of the negatives, R x (C + 1).
    private Tensor Negatives(Tensor logits, Tensor labels, IEnumerable<long> forRare, IEnumerable<long> forCommon)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var confused = logits.detach().sigmoid().ge(Scalars.Of(threshold)).to(logits.dtype);
        var suppressed = zeros_like(confused).PlusInPlace(Mask(Group.Frequent, confused));
        Push(forRare, Group.Rare);
        Push(forCommon, Group.Common);
        return where(labels.eq(Scalars.Of(Classes)).unsqueeze(1), suppressed, confused).MoveToOuterDisposeScope();

        void Push(IEnumerable<long> rows, Group group)
        {
            var chosen = tensor(rows.ToArray(), device: logits.device);
            suppressed.index_add_(0, chosen, Mask(group, confused).expand(chosen.shape[0], LogitCount), Scalars.Of(1));
        }
    }

    private static IEnumerable<long> Drawn(long[] background, double share, long stepSeed, int group)
    {
        var rows = (long[])background.Clone();
        RandomSource.For(stepSeed, group, 33).Shuffle(rows.AsSpan());
        return rows.Take((int)(rows.Length * share));
    }

    private Tensor Mask(Group group, Tensor like) =>
        tensor([.. groups!.Select(of => of == group ? 1.0 : 0), 0], [1, LogitCount], dtype: like.dtype, device: like.device);
}
