using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Components;

/// <summary>Does the work of <see cref="SmoothedCrossEntropy" />.</summary>
public sealed class SmoothedCrossEntropyModule : Torch.Losses.ClassificationLoss
{
    private readonly double smoothing;

    /// <summary>Fixes classes and smoothing.</summary>
    /// <param name="classes">C.</param>
    /// <param name="classCounts">Instances of each class in the training set.</param>
    /// <param name="smoothing">Share of the label that all classes divide among them.</param>
    public SmoothedCrossEntropyModule(int classes, IReadOnlyList<int> classCounts, double smoothing)
        : base(classes)
    {
        this.smoothing = smoothing;
        ClassCounts = classCounts;
    }

    /// <summary>Instances of each class in the training set.</summary>
    public IReadOnlyList<int> ClassCounts { get; }

    /// <inheritdoc />
    public override int LogitCount => Classes + 1;

    /// <summary>Both terms, divided by the number of regions.</summary>
    /// <param name="logits">R x (C + 1).</param>
    /// <param name="labels">R labels, 0 to C.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Number of regions.</param>
    /// <returns>The label's term, and that of all classes.</returns>
    public (Tensor Label, Tensor Uniform) forward(Tensor logits, Tensor labels, Tensor? weights, double averageFactor)
    {
        using var scope = NewDisposeScope();
        var surprise = -nn.functional.log_softmax(logits, 1);
        var label = surprise.gather(1, labels.unsqueeze(1)).squeeze(1);
        var uniform = surprise.mean([1]);
        if (weights is not null)
        {
            (label, uniform) = (label * weights, uniform * weights);
        }

        var divisor = Math.Max(averageFactor, 1);
        return (
            (label.sum() * ((1 - smoothing) / divisor)).MoveToOuterDisposeScope(),
            (uniform.sum() * (smoothing / divisor)).MoveToOuterDisposeScope()
        );
    }

    /// <inheritdoc />
    public override Tensor Scores(Tensor logits) => nn.functional.softmax(logits, 1);
}
