using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>Content-aware reassembly (Wang et al. 2019, CARAFE, section 3): each cell of an enlarged map is a weighted sum over a window of the map, with weights of its own.</summary>
/// <remarks>Source: mmcv, ops/carafe.py. Outside the map there are zeros.</remarks>
public static class CarafeReassembly
{
    /// <summary>Enlarges a map. Gradients flow to the map and to the kernels.</summary>
    /// <param name="features">N x C x H x W.</param>
    /// <param name="kernels">N x groups k² x factor H x factor W: for each group of channels the weights of the window's cells, row by row; usually they sum to 1.</param>
    /// <param name="factor">Cells of the output per cell of the map and axis, at least 1.</param>
    /// <param name="kernel">k, side of the window; odd.</param>
    /// <param name="groups">Groups of channels; they divide C.</param>
    /// <returns>N x C x factor H x factor W: out(c, y, x) is the sum over i, j of kernels(group of c, i, j, y, x) features(c, y / factor + i - k / 2, x / factor + j - k / 2), rounded down.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor, the side or the number of groups is below 1.</exception>
    /// <exception cref="ArgumentException">The shapes or types do not fit together, or the side is even.</exception>
    public static Tensor Apply(Tensor features, Tensor kernels, int factor, int kernel, int groups = 1)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(kernels);
        var geometry = CarafeGeometry.Of(features, kernels, factor, kernel, groups);
        return CpuMemory.IsFast(features)
            ? CarafeFunction.Apply(features, kernels, geometry)
            : ComposedCarafe.Apply(features, kernels, geometry);
    }
}
