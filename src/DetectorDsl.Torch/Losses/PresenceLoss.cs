using DetectorDsl.Native;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Which classes are in an image: binary cross-entropy for each class, mean over images and classes.</summary>
/// <remarks>Source: mmdetection, global_context_head.py.</remarks>
/// <param name="lossWeight">Factor of the term.</param>
public sealed class PresenceLoss(double lossWeight = 1.0)
{
    /// <summary>The loss.</summary>
    /// <param name="logits">N x C.</param>
    /// <param name="truths">Objects of the N images.</param>
    /// <returns>A scalar.</returns>
    public Tensor forward(Tensor logits, IReadOnlyList<GroundTruth> truths)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(truths);
        using var scope = NewDisposeScope();
        var classes = (int)logits.shape[1];
        var present = new float[truths.Count * classes];
        for (var image = 0; image < truths.Count; image++)
        {
            foreach (var label in truths[image].Labels)
            {
                present[(image * classes) + label] = 1;
            }
        }

        var targets = tensor(present, [truths.Count, classes], dtype: logits.dtype, device: logits.device);
        return nn.functional.binary_cross_entropy_with_logits(logits, targets).Times(lossWeight).MoveToOuterDisposeScope();
    }
}
