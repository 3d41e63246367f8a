using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>Deformable convolution: every tap of the kernel samples the map at a place of its own, between pixels by bilinear interpolation.</summary>
/// <remarks>
/// Version 1: Dai et al. 2017; version 2, with a factor for each sample: Zhu et al. 2019. What lies outside of the map is 0.
/// The order of offsets and the rules at borders are those of torchvision's <c>deform_conv2d</c> and mmcv's <c>deform_conv</c>.
/// </remarks>
public static class DeformableConvolution
{
    /// <summary>Convolves a map.</summary>
    /// <param name="input">N x C x H x W.</param>
    /// <param name="offset">N x (2 x offset groups x taps) x H' x W': for each offset group and tap the shift in y, then in x, in pixels.</param>
    /// <param name="mask">N x (offset groups x taps) x H' x W': the factor of each sample (version 2); null for 1 (version 1).</param>
    /// <param name="weight">O x C / groups x kernel rows x kernel columns.</param>
    /// <param name="bias">O; null for none.</param>
    /// <param name="stride">Pixels from output to output, at least 1.</param>
    /// <param name="padding">Pixels of zeros around the map, at least 0.</param>
    /// <param name="dilation">Pixels from tap to tap, at least 1.</param>
    /// <param name="groups">Groups of channels that are convolved apart.</param>
    /// <param name="offsetGroups">Groups of channels that are sampled at places of their own.</param>
    /// <returns>N x O x H' x W'; gradients flow to all five.</returns>
    /// <exception cref="ArgumentException">Shapes or types do not fit each other.</exception>
    public static Tensor Apply(
        Tensor input,
        Tensor offset,
        Tensor? mask,
        Tensor weight,
        Tensor? bias = null,
        int stride = 1,
        int padding = 0,
        int dilation = 1,
        int groups = 1,
        int offsetGroups = 1
    )
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(offset);
        ArgumentNullException.ThrowIfNull(weight);
        var geometry = DeformableGeometry.Of(input, offset, mask, weight, bias, stride, padding, dilation, groups, offsetGroups);
        using var scope = NewDisposeScope();
        var output = CpuMemory.IsFast(input)
            ? DeformableConvolutionFunction.Apply(geometry, input, offset, mask, weight)
            : ComposedDeformableConvolution.Apply(geometry, input, offset, mask, weight);
        return (bias is null ? output : output.Plus(bias.view(1, -1, 1, 1))).MoveToOuterDisposeScope();
    }
}
