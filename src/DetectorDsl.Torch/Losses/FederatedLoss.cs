using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Federated loss (Zhou et al. 2021, section 4.3 of CenterNet2): C sigmoids, of which a step sees the classes of its regions and some more.</summary>
/// <remarks>
/// The classes of the regions, and as many more as make up the number (background counts as one where it occurs), drawn without replacement in proportion
/// to images^power. Binary cross-entropy of their columns alone, over the divisor. Scores are sigmoids; background has none. Source:
/// facebookresearch/detectron2, detectron2/modeling/roi_heads/fast_rcnn.py.
/// </remarks>
public sealed class FederatedLoss : ClassificationLoss
{
    private readonly int sampledClasses;
    private readonly double power;
    private readonly double lossWeight;
    private double[]? shares;

    /// <summary>Fixes the classes.</summary>
    /// <param name="classes">C.</param>
    /// <param name="sampledClasses">Classes of a step, its own included.</param>
    /// <param name="power">Exponent of the image counts that lots are drawn by.</param>
    /// <param name="lossWeight">Factor of the term.</param>
    public FederatedLoss(int classes, int sampledClasses = 50, double power = 0.5, double lossWeight = 1.0)
        : base(classes) => (this.sampledClasses, this.power, this.lossWeight) = (sampledClasses, power, lossWeight);

    /// <inheritdoc />
    public override int LogitCount => Classes;

    /// <inheritdoc />
    public override void LearnFrequencies(ClassFrequencies frequencies)
    {
        CheckClasses(frequencies);
        shares = [.. frequencies.ImageCounts.Select(count => Math.Pow(count, power))];
    }

    /// <summary>The loss.</summary>
    /// <param name="logits">R x C.</param>
    /// <param name="labels">R labels, 0 to C - 1 or C for background.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Divisor, as a rule the number of regions; at least 1 is used.</param>
    /// <param name="stepSeed">Seed of the classes drawn.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="InvalidOperationException">The class frequencies are not known yet.</exception>
    public Tensor forward(Tensor logits, Tensor labels, Tensor? weights, double averageFactor, long stepSeed)
    {
        CheckInformed(shares is not null);
        return Loss(logits, labels, weights, averageFactor, ClassesOfStep(RegionLabels.OnHost(labels, Classes), stepSeed));
    }

    /// <inheritdoc />
    public override Tensor Scores(Tensor logits) => WeightedSigmoid.Scores(logits);

    /// <summary>The loss of the columns of certain classes.</summary>
    internal Tensor Loss(Tensor logits, Tensor labels, Tensor? weights, double averageFactor, HashSet<long> seen)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        var mask = tensor(
            [.. Enumerable.Range(0, Classes).Select(label => seen.Contains(label) ? 1f : 0)],
            [1, Classes],
            device: logits.device
        );
        return WeightedSigmoid.Loss(logits, labels, mask, null, weights, lossWeight / Math.Max(averageFactor, 1)).MoveToOuterDisposeScope();
    }

    /// <summary>The classes whose columns a step sees; background among them has no column.</summary>
    internal HashSet<long> ClassesOfStep(long[] labels, long stepSeed)
    {
        var seen = labels.ToHashSet();

        // The weighted lots of Efraimidis and Spirakis (2006): the earliest of exponential waiting times.
        var random = RandomSource.For(stepSeed, 32);
        var waits = shares!.Select((share, label) => (Wait: -Math.Log(1 - random.NextDouble()) / share, Label: (long)label)).ToList();
        var missing = sampledClasses - seen.Count;
        seen.UnionWith(
            waits
                .Where(item => !seen.Contains(item.Label) && shares![item.Label] > 0)
                .OrderBy(item => item.Wait)
                .Take(Math.Max(missing, 0))
                .Select(item => item.Label)
                .ToList()
        );
        return seen;
    }
}
