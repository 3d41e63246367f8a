using DetectorDsl.Native;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Equilibrium loss of LOCE (Feng et al. 2021, section 3.2): softmax cross-entropy in which every class weighs as much as its mean score.</summary>
/// <remarks>
/// L = -ln( m_i e^z_i / sum over k of m_k e^z_k ). m_k is a moving average of the softmax scores that class k has on its own objects; of background it is fixed.
/// In a step each object counts once, with the mean over its regions. C + 1 logits, the last for background; scores are the softmax of the bare
/// logits. Buffer <c>mean_score</c>: C + 1 numbers. Source: fcjian/LOCE, mmdet/models/losses/equilibrium_loss.py and roi_heads/loce_roi_head.py.
/// </remarks>
public sealed class EquilibriumLoss : ClassificationLoss, IRegionLosses
{
    // The field of a buffer bears its name: TorchSharp finds it so when the module moves.
    private readonly Tensor mean_score;
    private readonly double momentum;
    private readonly double backgroundScore;
    private readonly double lossWeight;

    /// <summary>Every class has the first score.</summary>
    /// <param name="classes">C.</param>
    /// <param name="momentum">Share of the old mean that one more object leaves.</param>
    /// <param name="firstScore">Mean score of a class before its first object.</param>
    /// <param name="backgroundScore">Mean score of background.</param>
    /// <param name="lossWeight">Factor of the term.</param>
    public EquilibriumLoss(
        int classes,
        double momentum = 0.9,
        double firstScore = 0.01,
        double backgroundScore = 0.01,
        double lossWeight = 1.0
    )
        : base(classes)
    {
        (this.momentum, this.backgroundScore, this.lossWeight) = (momentum, backgroundScore, lossWeight);
        mean_score = full([classes + 1], Scalars.Of(firstScore), dtype: ScalarType.Float64);
        register_buffer(nameof(mean_score), mean_score);
    }

    /// <inheritdoc />
    public override int LogitCount => Classes + 1;

    /// <summary>Mean scores: C + 1 numbers.</summary>
    public Tensor MeanScores => mean_score;

    /// <summary>Updates the mean scores in training, then computes the loss.</summary>
    /// <param name="logits">R x (C + 1).</param>
    /// <param name="labels">R labels, 0 to C - 1 or C for background.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Divisor, as a rule the number of regions; at least 1 is used.</param>
    /// <param name="objects">The object of each region with a label below C, in the order of the rows: any numbers that tell objects apart.</param>
    /// <returns>A scalar.</returns>
    public Tensor forward(Tensor logits, Tensor labels, Tensor? weights, double averageFactor, IReadOnlyList<long> objects)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        if (training)
        {
            Observe(logits, labels, objects);
        }

        return SeesawLoss.Weighted(Losses(logits, labels), weights, lossWeight / Math.Max(averageFactor, 1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor RegionLosses(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        return Losses(logits, labels).Times(lossWeight).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor Scores(Tensor logits) => nn.functional.softmax(logits, 1);

    /// <summary>Takes the scores of a step into the means.</summary>
    /// <param name="logits">R x (C + 1).</param>
    /// <param name="labels">R labels.</param>
    /// <param name="objects">The object of each region with a label below C.</param>
    /// <exception cref="ArgumentException">There are more or fewer objects' numbers than such regions.</exception>
    public void Observe(Tensor logits, Tensor labels, IReadOnlyList<long> objects)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(objects);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var own = nn.functional.softmax(logits, 1).gather(1, labels.unsqueeze(1)).squeeze(1);
        var scores = CpuMemory.Span<double>(CpuMemory.Contiguous(own, ScalarType.Float64)).ToArray();
        var positives = RegionLabels.OnHost(labels, Classes).Zip(scores).Where(region => region.First < Classes).ToList();
        if (positives.Count != objects.Count)
        {
            throw new ArgumentException(
                $"{positives.Count} regions are on objects, the objects of {objects.Count} are given.",
                nameof(objects)
            );
        }

        var means = positives
            .Zip(objects, (region, item) => (Label: region.First, Score: region.Second, Object: item))
            .GroupBy(region => (region.Label, region.Object), (key, regions) => (key.Label, Score: regions.Average(region => region.Score)))
            .GroupBy(item => item.Label, (label, items) => (Label: label, Scores: items.Select(item => item.Score).ToList()));
        foreach (var (label, values) in means)
        {
            var kept = Math.Pow(momentum, values.Count);
            mean_score[label] = mean_score[label].Times(kept).Plus((1 - kept) * values.Average());
        }

        mean_score[Classes] = tensor(backgroundScore, dtype: mean_score.dtype, device: mean_score.device);
    }

    private Tensor Losses(Tensor logits, Tensor labels) =>
        nn.functional.cross_entropy(logits.Plus(mean_score.log().to(logits.dtype)), labels, reduction: nn.Reduction.None);
}
