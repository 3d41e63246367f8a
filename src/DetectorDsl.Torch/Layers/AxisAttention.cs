using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Layers;

/// <summary>Averages over an axis with weights that the features themselves give (SABL, section 3.1).</summary>
/// <remarks>Source: mmdetection, sabl_head.py, attention_pool.</remarks>
public static class AxisAttention
{
    /// <summary>The weighted average: weights are sigmoids, brought to sum 1 along the axis.</summary>
    /// <param name="features">R x C x H x W.</param>
    /// <param name="logits">R x 1 x H x W.</param>
    /// <param name="axis">2: over the rows, R x C x W remain. 3: over the columns, R x C x H remain.</param>
    /// <returns>R x C x the other axis.</returns>
    public static Tensor Pool(Tensor features, Tensor logits, int axis)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();

        // As a softmax of the logarithms: sigmoids that are all too small for their type would be divided by a sum of 0.
        return (features * nn.functional.logsigmoid(logits).softmax(axis)).sum(axis).MoveToOuterDisposeScope();
    }
}
