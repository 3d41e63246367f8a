using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>Sizes of one reassembly.</summary>
/// <param name="Images">N.</param>
/// <param name="Channels">C.</param>
/// <param name="Height">Of the map.</param>
/// <param name="Width">Of the map.</param>
/// <param name="Factor">Cells of the output per cell of the map and axis.</param>
/// <param name="Kernel">Side of the window, odd.</param>
/// <param name="Groups">Kernels per cell of the output; each serves an equal run of channels.</param>
internal readonly record struct CarafeGeometry(int Images, int Channels, int Height, int Width, int Factor, int Kernel, int Groups)
{
    /// <summary>Cells of a window.</summary>
    public int Taps => Kernel * Kernel;

    /// <summary>Cells of a window on either side of its centre.</summary>
    public int Reach => Kernel / 2;

    public int GroupChannels => Channels / Groups;

    public int OutputHeight => Height * Factor;

    public int OutputWidth => Width * Factor;

    /// <summary>The sizes of a map and its kernels.</summary>
    /// <param name="features">N x C x H x W.</param>
    /// <param name="kernels">N x groups k² x factor H x factor W.</param>
    /// <param name="factor">Cells of the output per cell of the map and axis.</param>
    /// <param name="kernel">k, odd.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <exception cref="ArgumentException">They do not fit together.</exception>
    public static CarafeGeometry Of(Tensor features, Tensor kernels, int factor, int kernel, int groups)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        var map = features.shape;
        if (kernel % 2 == 0 || map.Length != 4 || map[1] % groups != 0)
        {
            throw new ArgumentException(
                $"Reassembly takes N x C x H x W with C a multiple of the {groups} groups, and windows of an odd side; it got [{string.Join(", ", map)}] and {kernel}.",
                nameof(features)
            );
        }

        long[] needed = [map[0], (long)groups * kernel * kernel, map[2] * factor, map[3] * factor];
        if (!kernels.shape.SequenceEqual(needed) || kernels.dtype != features.dtype)
        {
            throw new ArgumentException(
                $"Kernels of {features.dtype} [{string.Join(", ", needed)}] fit the map, not {kernels.dtype} [{string.Join(", ", kernels.shape)}].",
                nameof(kernels)
            );
        }

        return new CarafeGeometry((int)map[0], (int)map[1], (int)map[2], (int)map[3], factor, kernel, groups);
    }
}
