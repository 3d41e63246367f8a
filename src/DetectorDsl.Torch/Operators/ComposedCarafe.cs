using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>CARAFE's reassembly from library operators, for devices without a kernel of our own; also the reference that the kernel is tested against.</summary>
internal static class ComposedCarafe
{
    /// <remarks>One cell of the window after the other, so that the map is never held k² times.</remarks>
    public static Tensor Apply(Tensor features, Tensor kernels, CarafeGeometry geometry)
    {
        using var scope = NewDisposeScope();
        var reach = geometry.Reach;
        var padded = nn
            .functional.pad(features, [reach, reach, reach, reach])
            .view(
                geometry.Images,
                geometry.Groups,
                geometry.GroupChannels,
                geometry.Height + (2 * reach),
                1,
                geometry.Width + (2 * reach),
                1
            );
        var taps = kernels.reshape(
            geometry.Images,
            geometry.Groups,
            geometry.Taps,
            geometry.Height,
            geometry.Factor,
            geometry.Width,
            geometry.Factor
        );
        Tensor? sum = null;
        for (var tap = 0; tap < geometry.Taps; tap++)
        {
            var shifted = padded.narrow(3, tap / geometry.Kernel, geometry.Height).narrow(5, tap % geometry.Kernel, geometry.Width);
            var part = shifted * taps.narrow(2, tap, 1);
            sum = sum is null ? part : sum.PlusInPlace(part);
        }

        return sum!.reshape(geometry.Images, geometry.Channels, geometry.OutputHeight, geometry.OutputWidth).MoveToOuterDisposeScope();
    }
}
