using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>Deformable convolution from library operators, for devices and precisions without a kernel of our own; also what the kernel is tested against.</summary>
internal static class ComposedDeformableConvolution
{
    /// <remarks>The library's grid sampling over the map of each offset group; below single precision the places are still computed in it.</remarks>
    public static Tensor Apply(DeformableGeometry geometry, Tensor input, Tensor offset, Tensor? mask, Tensor weight)
    {
        using var scope = NewDisposeScope();
        var type = input.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var (images, sets, taps) = (geometry.Images, geometry.OffsetGroups, geometry.Taps);
        var (height, width) = (geometry.OutputHeight, geometry.OutputWidth);
        var shifts = offset.to(type).reshape(images * sets, taps, 2, height, width);
        var rows = shifts
            .select(2, 0)
            .Plus(
                Places(geometry.KernelHeight, height, geometry, type, input.device).repeat_interleave(geometry.KernelWidth, 0).unsqueeze(-1)
            );
        var columns = shifts
            .select(2, 1)
            .Plus(Places(geometry.KernelWidth, width, geometry, type, input.device).repeat(geometry.KernelHeight, 1).unsqueeze(1));

        // From pixels to -1 at the left edge of the first and 1 at the right edge of the last.
        var grid = stack([columns.Times(2).Plus(1).Over(geometry.Width).Minus(1), rows.Times(2).Plus(1).Over(geometry.Height).Minus(1)], -1)
            .reshape(images * sets, taps * height, width, 2);
        var maps = input.to(type).reshape(images * sets, geometry.ChannelsPerOffset, geometry.Height, geometry.Width);
        var samples = nn
            .functional.grid_sample(maps, grid, align_corners: false)
            .reshape(images, sets, geometry.ChannelsPerOffset, taps, height * width);
        if (mask is not null)
        {
            samples = samples * mask.to(type).reshape(images, sets, 1, taps, height * width);
        }

        var grouped = samples.reshape(images, geometry.Groups, geometry.Channels / geometry.Groups * taps, height * width);
        var kernel = weight.to(type).reshape(geometry.Groups, geometry.Outputs / geometry.Groups, -1);
        return kernel
            .unsqueeze(0)
            .matmul(grouped)
            .reshape(images, geometry.Outputs, height, width)
            .to(input.dtype)
            .MoveToOuterDisposeScope();
    }

    /// <summary>Pixels that the taps of one axis lie on, before they are shifted: taps x outputs.</summary>
    private static Tensor Places(int taps, int outputs, DeformableGeometry geometry, ScalarType type, Device device) =>
        Arithmetic
            .Range(taps, type, device)
            .Times(geometry.Dilation)
            .unsqueeze(1)
            .Plus(Arithmetic.Range(outputs, type, device).Times(geometry.Stride).Minus(geometry.Padding));
}
