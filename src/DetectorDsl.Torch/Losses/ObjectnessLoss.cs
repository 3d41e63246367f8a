using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Binary cross-entropy object / no object of the sampled anchors.</summary>
/// <param name="lossWeight">Factor of the term.</param>
public sealed class ObjectnessLoss(double lossWeight = 1.0)
{
    /// <summary>The loss.</summary>
    /// <param name="logits">A logits, one per sampled anchor.</param>
    /// <param name="targets">A numbers, 1 for anchors on an object, else 0.</param>
    /// <param name="averageFactor">Divisor, as a rule A; at least 1 is used.</param>
    /// <returns>A scalar.</returns>
    public Tensor forward(Tensor logits, Tensor targets, double averageFactor)
    {
        using var scope = NewDisposeScope();
        var sum = nn.functional.binary_cross_entropy_with_logits(logits, targets.to(logits.dtype), reduction: nn.Reduction.Sum);
        return sum.Times(lossWeight / Math.Max(averageFactor, 1)).MoveToOuterDisposeScope();
    }
}
