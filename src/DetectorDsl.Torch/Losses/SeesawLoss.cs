using DetectorDsl.Native;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Seesaw Loss with the objectness branch (Wang et al. 2021, sections 3.1 and 3.2).</summary>
/// <remarks>
/// Logits are R x (C + 2): C classes, "object", "no object". L = -ln(e^zi / (sum over j of Sij e^zj)), Sij = Mij Cij without gradient, Sii = 1;
/// Mij = min(1, (Nj / Ni)^p); Cij = max(1, (sj / max(si, eps))^q), s = softmax(z). Computed as cross-entropy of z + ln S.
/// Buffer <c>cum_samples</c>: C + 1 counts, the last for background. Source: mmdetection, seesaw_loss.py.
/// </remarks>
public sealed class SeesawLoss : ClassificationLoss, IRegionLosses
{
    // Double precision: single precision stops counting at 2^24.
    private readonly Tensor cum_samples;
    private readonly SeesawTerm term;
    private readonly double lossWeight;
    private readonly SeesawCounts counts;

    /// <summary>Counts start at 0, or at the data set's.</summary>
    /// <param name="classes">C.</param>
    /// <param name="p">Strength of the mitigation factor; 0 switches it off.</param>
    /// <param name="q">Strength of the compensation factor; 0 switches it off.</param>
    /// <param name="epsilon">Lower bound of the own probability.</param>
    /// <param name="lossWeight">Factor of both terms.</param>
    /// <param name="counts">Where the counts come from.</param>
    /// <param name="classCounts">Instances per class (C numbers), needed for <see cref="SeesawCounts.DataSet" />.</param>
    /// <exception cref="ArgumentException">The counts are to come from the data set, and none or another number of them are given, or one is unknown.</exception>
    public SeesawLoss(
        int classes,
        double p = 0.8,
        double q = 2.0,
        double epsilon = 0.01,
        double lossWeight = 1.0,
        SeesawCounts counts = SeesawCounts.Online,
        IReadOnlyList<int>? classCounts = null
    )
        : base(classes)
    {
        (term, this.lossWeight, this.counts) = (new SeesawTerm(classes, classes, p, q, epsilon), lossWeight, counts);
        cum_samples = tensor([.. SeesawTerm.FirstCounts(classes, counts, classCounts), 0]);
        register_buffer(nameof(cum_samples), cum_samples);
    }

    /// <inheritdoc />
    public override int LogitCount => Classes + 2;

    /// <summary>Accumulated samples of each class and of background: C + 1 numbers.</summary>
    public Tensor CumulativeSamples => cum_samples;

    /// <summary>Adds labels to the counts. <see cref="forward" /> does so itself once per training step; whoever computes the loss a second time does not.</summary>
    /// <param name="labels">R labels, 0 to C.</param>
    public void Observe(Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var counted = bincount(labels, minlength: Classes + 1).to(ScalarType.Float64);
        Processes?.Sum(counted);
        cum_samples.PlusInPlace(counted);
    }

    /// <summary>Counts the labels where counts are online and the module is in training, then computes both terms.</summary>
    /// <param name="logits">R x (C + 2).</param>
    /// <param name="labels">R labels, 0 to C - 1 or C for background.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Divisor of both terms, as a rule the number of regions; at least 1 is used.</param>
    /// <returns>Classes: over positive regions, 0 with a gradient where there is none. Objectness: over all regions.</returns>
    /// <exception cref="ArgumentException">There is another number of logits than C + 2, or, on the CPU, a label beyond 0 to C.</exception>
    public (Tensor loss_cls_classes, Tensor loss_cls_objectness) forward(
        Tensor logits,
        Tensor labels,
        Tensor? weights,
        double averageFactor
    )
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (logits.shape[1] != LogitCount)
        {
            throw new ArgumentException(
                $"Seesaw Loss over {Classes} classes needs {LogitCount} logits per region, not {logits.shape[1]}.",
                nameof(logits)
            );
        }

        if (training && counts == SeesawCounts.Online)
        {
            Observe(labels);
        }

        return Loss(logits, labels, weights, averageFactor);
    }

    /// <summary>Both terms from the counts as they are.</summary>
    /// <param name="logits">R x (C + 2).</param>
    /// <param name="labels">R labels.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Divisor of both terms; at least 1 is used.</param>
    /// <returns>The terms as <see cref="forward" /> gives them.</returns>
    public (Tensor loss_cls_classes, Tensor loss_cls_objectness) Loss(Tensor logits, Tensor labels, Tensor? weights, double averageFactor)
    {
        using var scope = NewDisposeScope();
        var factor = lossWeight / Math.Max(averageFactor, 1);
        var classes = CpuMemory.IsFast(logits)
            ? term.Fused(logits, labels, cum_samples, weights, factor)
            : Weighted(ClassLosses(logits, labels), weights?.masked_select(labels.lt(Scalars.Of(Classes))), factor);
        var objectness = Weighted(ObjectnessLosses(logits, labels), weights, factor);
        return (classes.MoveToOuterDisposeScope(), objectness.MoveToOuterDisposeScope());
    }

    /// <summary>Class loss of each positive region, from library operators.</summary>
    /// <param name="logits">R x (C + 2).</param>
    /// <param name="labels">R labels.</param>
    /// <returns>One number per positive region, in order.</returns>
    public Tensor ClassLosses(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return term.Composed(logits, labels, cum_samples);
    }

    /// <summary>Objectness loss of each region: two-way cross-entropy object / no object.</summary>
    /// <param name="logits">R x (C + 2).</param>
    /// <param name="labels">R labels.</param>
    /// <returns>R numbers.</returns>
    public Tensor ObjectnessLosses(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        return nn
            .functional.cross_entropy(
                logits.narrow(1, Classes, 2),
                labels.eq(Scalars.Of(Classes)).to(ScalarType.Int64),
                reduction: nn.Reduction.None
            )
            .MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor RegionLosses(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        var losses = ObjectnessLosses(logits, labels);
        losses = losses.index_add(0, labels.lt(Scalars.Of(Classes)).nonzero().squeeze(1), ClassLosses(logits, labels), Scalars.Of(1));
        return losses.Times(lossWeight).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor Scores(Tensor logits) => ObjectnessScores.Of(logits, Classes);

    internal static Tensor Weighted(Tensor losses, Tensor? weights, double factor) =>
        (weights is null ? losses : losses * weights.to(losses.dtype)).sum().Times(factor);
}
