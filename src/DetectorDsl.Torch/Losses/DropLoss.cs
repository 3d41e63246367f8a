using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>DropLoss (Hsieh et al. 2021, section 3): Equalization Loss that spares the classes of the tail from most background regions, too.</summary>
/// <remarks>
/// C sigmoids. On objects of other classes negatives of tail classes are dropped; on background each is dropped with probability 1 - rho, rho being the share of
/// the step's regions on objects whose class is of the tail; without such regions nothing is dropped. L = sum of what is kept over the divisor. Scores are
/// sigmoids; background has none. Source: timy90022/DropLoss, projects/DropLoss_v1/droploss/fast_rcnn.py.
/// </remarks>
public sealed class DropLoss : ClassificationLoss
{
    private readonly double lambda;
    private readonly int? lambdaImages;
    private readonly double lossWeight;
    private bool[]? tail;
    private string? reach;

    /// <summary>Fixes the classes and the threshold.</summary>
    /// <param name="classes">C.</param>
    /// <param name="lambda">Share of the training images below which a class belongs to the tail.</param>
    /// <param name="lambdaImages">The threshold as a number of images; null leaves it to the share.</param>
    /// <param name="lossWeight">Factor of the term.</param>
    public DropLoss(int classes, double lambda = 0.0011, int? lambdaImages = null, double lossWeight = 1.0)
        : base(classes) => (this.lambda, this.lambdaImages, this.lossWeight) = (lambda, lambdaImages, lossWeight);

    /// <inheritdoc />
    public override int LogitCount => Classes;

    /// <inheritdoc />
    public override void LearnFrequencies(ClassFrequencies frequencies)
    {
        CheckClasses(frequencies);
        tail = frequencies.RarerThan(lambda, lambdaImages);
        reach = frequencies.Reach("DropLoss", lambda, lambdaImages);
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Describe() => reach is null ? [] : [reach];

    /// <summary>The loss.</summary>
    /// <param name="logits">R x C.</param>
    /// <param name="labels">R labels, 0 to C - 1 or C for background.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Divisor, as a rule the number of regions; at least 1 is used.</param>
    /// <param name="stepSeed">Seed of what is dropped.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="InvalidOperationException">The class frequencies are not known yet.</exception>
    public Tensor forward(Tensor logits, Tensor labels, Tensor? weights, double averageFactor, long stepSeed)
    {
        CheckInformed(tail is not null);
        return Loss(logits, labels, weights, averageFactor, RandomSource.For(stepSeed, 34).NextDouble);
    }

    /// <inheritdoc />
    public override Tensor Scores(Tensor logits) => WeightedSigmoid.Scores(logits);

    /// <summary>The loss with lots from 0 to 1 that someone else draws: one for each background region and tail class, in order.</summary>
    internal Tensor Loss(Tensor logits, Tensor labels, Tensor? weights, double averageFactor, Func<double> draw)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        var kept = tensor(Kept(RegionLabels.OnHost(labels, Classes), draw), [labels.shape[0], Classes], device: logits.device);
        return WeightedSigmoid.Loss(logits, labels, kept, null, weights, lossWeight / Math.Max(averageFactor, 1)).MoveToOuterDisposeScope();
    }

    // 1 for each negative that is kept: R x C.
    private float[] Kept(long[] labels, Func<double> draw)
    {
        var kept = new float[labels.Length * Classes];
        kept.AsSpan().Fill(1);
        var objects = labels.Count(label => label < Classes);
        if (objects == 0)
        {
            return kept;
        }

        var share = labels.Count(label => label < Classes && tail![label]) / (double)objects;
        int[] columns = [.. Enumerable.Range(0, Classes).Where(column => tail![column])];
        for (var row = 0; row < labels.Length; row++)
        {
            foreach (var column in columns)
            {
                kept[(row * Classes) + column] = labels[row] == Classes && draw() <= share ? 1 : 0;
            }
        }

        return kept;
    }
}
