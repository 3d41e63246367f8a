using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Softmax cross-entropy over the cells of a map. Ignored cells contribute nothing; the mean is over all cells, as mmdetection's default is.</summary>
/// <param name="lossWeight">Factor of the term.</param>
public sealed class SemanticCrossEntropyLoss(double lossWeight = 1.0)
{
    /// <summary>The loss.</summary>
    /// <param name="logits">N x K x h x w.</param>
    /// <param name="targets">N x h x w classes, or <see cref="SemanticTargets.Ignored" />.</param>
    /// <returns>A scalar.</returns>
    public Tensor forward(Tensor logits, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        using var scope = NewDisposeScope();
        var losses = nn.functional.cross_entropy(logits, targets, ignore_index: SemanticTargets.Ignored, reduction: nn.Reduction.None);
        return losses.mean().Times(lossWeight).MoveToOuterDisposeScope();
    }
}
