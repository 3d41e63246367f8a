using DetectorDsl.Native;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Logit adjustment (Menon et al. 2021, section 5); with tau 1 Balanced Softmax (Ren et al. 2020, section 3): softmax cross-entropy of logits that are raised by the log of the classes' priors.</summary>
/// <remarks>
/// L = CE(z + tau ln pi). pi of class c is (1 - background share) n_c / sum of n with n = max(instances, 1); that of background is its share. C + 1 logits, the
/// last for background. Scores are the softmax of the bare logits.
/// </remarks>
public sealed class LogitAdjustedLoss : ClassificationLoss, IRegionLosses
{
    private readonly double tau;
    private readonly double backgroundShare;
    private readonly double lossWeight;

    // tau ln pi; known from the data, so it is no part of a checkpoint.
    private double[]? adjustment;

    /// <summary>Fixes the classes.</summary>
    /// <param name="classes">C.</param>
    /// <param name="tau">Strength of the adjustment.</param>
    /// <param name="backgroundShare">Prior of background, between 0 and 1.</param>
    /// <param name="lossWeight">Factor of the term.</param>
    public LogitAdjustedLoss(int classes, double tau = 1.0, double backgroundShare = 0.5, double lossWeight = 1.0)
        : base(classes) => (this.tau, this.backgroundShare, this.lossWeight) = (tau, backgroundShare, lossWeight);

    /// <inheritdoc />
    public override int LogitCount => Classes + 1;

    /// <inheritdoc />
    public override void LearnFrequencies(ClassFrequencies frequencies)
    {
        CheckClasses(frequencies);
        double[] counts = [.. frequencies.InstanceCounts.Select(count => Math.Max(count, 1.0))];
        var sum = counts.Sum();
        adjustment = [.. counts.Select(count => tau * Math.Log((1 - backgroundShare) * count / sum)), tau * Math.Log(backgroundShare)];
    }

    /// <summary>The loss.</summary>
    /// <param name="logits">R x (C + 1).</param>
    /// <param name="labels">R labels, 0 to C - 1 or C for background.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Divisor, as a rule the number of regions; at least 1 is used.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="InvalidOperationException">The class frequencies are not known yet.</exception>
    public Tensor forward(Tensor logits, Tensor labels, Tensor? weights, double averageFactor)
    {
        ArgumentNullException.ThrowIfNull(logits);
        CheckInformed(adjustment is not null);
        using var scope = NewDisposeScope();
        return SeesawLoss.Weighted(Losses(logits, labels), weights, lossWeight / Math.Max(averageFactor, 1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor RegionLosses(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        CheckInformed(adjustment is not null);
        return Losses(logits, labels).Times(lossWeight).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor Scores(Tensor logits) => nn.functional.softmax(logits, 1);

    private Tensor Losses(Tensor logits, Tensor labels) =>
        nn.functional.cross_entropy(
            logits.Plus(tensor(adjustment!, [1, LogitCount], dtype: logits.dtype, device: logits.device)),
            labels,
            reduction: nn.Reduction.None
        );
}
