using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Binary cross-entropy on the mask of each region's class, mean over pixels and regions (Mask R-CNN, section 3).</summary>
/// <param name="lossWeight">Factor of the term.</param>
public sealed class MaskBinaryCrossEntropyLoss(double lossWeight = 1.0)
{
    /// <summary>The loss.</summary>
    /// <param name="logits">P x C x s x s, or P x 1 x s x s where masks are class-agnostic.</param>
    /// <param name="labels">P classes, 0 to C - 1.</param>
    /// <param name="targets">P x s x s, 0 to 1.</param>
    /// <returns>A scalar; 0 with a gradient where P is 0.</returns>
    public Tensor forward(Tensor logits, Tensor labels, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        if (logits.shape[0] == 0)
        {
            return logits.sum().Times(0).MoveToOuterDisposeScope();
        }

        return nn
            .functional.binary_cross_entropy_with_logits(OfClass(logits, labels), targets.to(logits.dtype))
            .Times(lossWeight)
            .MoveToOuterDisposeScope();
    }

    /// <summary>The map of each region's class.</summary>
    /// <param name="logits">P x C x s x s, or P x 1 x s x s.</param>
    /// <param name="labels">P classes.</param>
    /// <returns>P x s x s.</returns>
    public static Tensor OfClass(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        return logits.shape[1] == 1
            ? logits.squeeze(1).MoveToOuterDisposeScope()
            : logits.index([Arithmetic.Range(logits.shape[0], ScalarType.Int64, logits.device), labels]).MoveToOuterDisposeScope();
    }
}
