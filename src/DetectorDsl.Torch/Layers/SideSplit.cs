using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Layers;

/// <summary>Values along an axis of a region as values of its two sides (SABL, section 3.1).</summary>
/// <remarks>Source: mmdetection, sabl_head.py, side_aware_split.</remarks>
public static class SideSplit
{
    /// <summary>The first half belongs to the left (upper) side, the second, turned round, to the right (lower) one: both begin outside. An odd middle belongs to both.</summary>
    /// <param name="values">R x B.</param>
    /// <returns>R x 2 ceil(B / 2).</returns>
    public static Tensor Of(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var scope = NewDisposeScope();
        var count = values.shape[1];
        var half = (count + 1) / 2;
        return cat([values.narrow(1, 0, half), values.narrow(1, count - half, half).flip(1)], 1).MoveToOuterDisposeScope();
    }
}
