using DetectorDsl.Native;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Equalization Loss (Tan et al. 2020, section 3): C sigmoids; regions of other objects do not push down the classes of the tail.</summary>
/// <remarks>
/// L = sum over classes of w_j BCE(z_j, y_j), w_j = 1 - E T_j (1 - y_j): E = 1 for regions on objects, 0 for background; T_j = 1 for classes in fewer
/// images than the threshold. Source: tztztztztz/eqlv2, mmdet/models/losses/eql.py. Scores are sigmoids; background has none.
/// </remarks>
public sealed class EqualizationLoss : ClassificationLoss, IRegionLosses
{
    private readonly double lambda;
    private readonly int? lambdaImages;
    private readonly double lossWeight;

    // 1 - T; known from the data, so it is no part of a checkpoint.
    private double[]? kept;
    private string? reach;

    /// <summary>Fixes the classes and the threshold.</summary>
    /// <param name="classes">C.</param>
    /// <param name="lambda">Share of the training images below which a class belongs to the tail.</param>
    /// <param name="lambdaImages">The threshold as a number of images; null leaves it to the share.</param>
    /// <param name="lossWeight">Factor of the term.</param>
    public EqualizationLoss(int classes, double lambda = 0.0011, int? lambdaImages = null, double lossWeight = 1.0)
        : base(classes) => (this.lambda, this.lambdaImages, this.lossWeight) = (lambda, lambdaImages, lossWeight);

    /// <inheritdoc />
    public override int LogitCount => Classes;

    /// <inheritdoc />
    public override void LearnFrequencies(ClassFrequencies frequencies)
    {
        CheckClasses(frequencies);
        kept = [.. frequencies.RarerThan(lambda, lambdaImages).Select(rare => rare ? 0.0 : 1.0)];
        reach = frequencies.Reach("Equalization Loss", lambda, lambdaImages);
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Describe() => reach is null ? [] : [reach];

    /// <summary>The loss.</summary>
    /// <param name="logits">R x C.</param>
    /// <param name="labels">R labels, 0 to C - 1 or C for background.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Divisor, as a rule the number of regions; at least 1 is used.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="InvalidOperationException">The class frequencies are not known yet.</exception>
    public Tensor forward(Tensor logits, Tensor labels, Tensor? weights, double averageFactor)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        CheckInformed(kept is not null);
        using var scope = NewDisposeScope();
        return WeightedSigmoid
            .Loss(logits, labels, Negatives(logits, labels), null, weights, lossWeight / Math.Max(averageFactor, 1))
            .MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor RegionLosses(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        CheckInformed(kept is not null);
        return WeightedSigmoid.RowLosses(logits, labels, Negatives(logits, labels), null).Times(lossWeight).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor Scores(Tensor logits) => WeightedSigmoid.Scores(logits);

    // Weights of the negatives, R x C.
    private Tensor Negatives(Tensor logits, Tensor labels)
    {
        var background = labels.eq(Scalars.Of(Classes)).unsqueeze(1).to(logits.dtype);
        return background.Plus(background.SubtractedFrom(1) * tensor(kept!, [1, Classes], dtype: logits.dtype, device: logits.device));
    }
}
