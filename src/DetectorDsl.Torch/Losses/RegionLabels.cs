using DetectorDsl.Torch.Operators;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Labels of regions where losses work on the host.</summary>
internal static class RegionLabels
{
    /// <summary>The labels as numbers, not to be changed. A copy to the host only where they did not come from there.</summary>
    /// <param name="labels">R labels, 0 to C - 1 or C for background.</param>
    /// <param name="classes">C.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is beyond them.</exception>
    public static long[] OnHost(Tensor labels, int classes)
    {
        var label = HostOrigin.Numbers(labels);
        return Array.FindIndex(label, value => value < 0 || value > classes) is var odd and >= 0
            ? throw new ArgumentOutOfRangeException(
                nameof(labels),
                $"Region {odd} has the label {label[odd]}; labels go from 0 to {classes} (background)."
            )
            : label;
    }
}
