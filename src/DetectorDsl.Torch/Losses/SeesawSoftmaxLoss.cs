using DetectorDsl.Native;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Seesaw Loss without the objectness branch (Wang et al. 2021, table 8): a softmax in which background is one more class.</summary>
/// <remarks>
/// Logits are R x (C + 1), the last for background; L as <see cref="SeesawLoss" /> has it, over all regions. It is also the published form for the classification of
/// whole images: K classes of which none is background are K - 1 and "background". Buffer <c>cum_samples</c>: C + 1 counts. Source: mmpretrain,
/// seesaw_loss.py.
/// </remarks>
public sealed class SeesawSoftmaxLoss : ClassificationLoss, IRegionLosses
{
    // Double precision: single precision stops counting at 2^24.
    private readonly Tensor cum_samples;
    private readonly SeesawTerm term;
    private readonly double lossWeight;

    /// <summary>Counts start at 0.</summary>
    /// <param name="classes">C.</param>
    /// <param name="p">Strength of the mitigation factor; 0 switches it off.</param>
    /// <param name="q">Strength of the compensation factor; 0 switches it off.</param>
    /// <param name="epsilon">Lower bound of the own probability.</param>
    /// <param name="lossWeight">Factor of the term.</param>
    public SeesawSoftmaxLoss(int classes, double p = 0.8, double q = 2.0, double epsilon = 0.01, double lossWeight = 1.0)
        : base(classes)
    {
        (term, this.lossWeight) = (new SeesawTerm(classes + 1, classes, p, q, epsilon), lossWeight);
        cum_samples = zeros([classes + 1], dtype: ScalarType.Float64);
        register_buffer(nameof(cum_samples), cum_samples);
    }

    /// <inheritdoc />
    public override int LogitCount => Classes + 1;

    /// <summary>Accumulated samples of each class and of background: C + 1 numbers.</summary>
    public Tensor CumulativeSamples => cum_samples;

    /// <summary>Counts the labels in training, then computes the loss.</summary>
    /// <param name="logits">R x (C + 1).</param>
    /// <param name="labels">R labels, 0 to C - 1 or C for background.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Divisor, as a rule the number of regions; at least 1 is used.</param>
    /// <returns>A scalar.</returns>
    public Tensor forward(Tensor logits, Tensor labels, Tensor? weights, double averageFactor)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        if (training)
        {
            using var untracked = no_grad();
            _ = RegionLabels.OnHost(labels, Classes);
            var counted = bincount(labels, minlength: Classes + 1).to(ScalarType.Float64);
            Processes?.Sum(counted);
            cum_samples.PlusInPlace(counted);
        }

        var factor = lossWeight / Math.Max(averageFactor, 1);
        var loss = CpuMemory.IsFast(logits)
            ? term.Fused(logits, labels, cum_samples, weights, factor)
            : SeesawLoss.Weighted(term.Composed(logits, labels, cum_samples), weights, factor);
        return loss.MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor RegionLosses(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        return term.Composed(logits, labels, cum_samples).Times(lossWeight).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor Scores(Tensor logits) => nn.functional.softmax(logits, 1);
}
