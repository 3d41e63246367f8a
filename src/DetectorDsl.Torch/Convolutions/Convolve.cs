using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Convolutions;

/// <summary>Where every layer of the library convolves: the one place at which the form is chosen.</summary>
internal static class Convolve
{
    private static readonly long[] One = [1, 1];
    private static readonly long[] Nothing = [0, 0];

    /// <summary>Convolves.</summary>
    /// <param name="input">N x C x H x W.</param>
    /// <param name="weight">O x C/groups x kernel x kernel.</param>
    /// <param name="bias">O numbers; null for none.</param>
    /// <param name="strides">Steps down and across; null for 1.</param>
    /// <param name="padding">Zeros above and below, and left and right; null for none.</param>
    /// <param name="dilation">Cells from one place of the kernel to the next; null for 1.</param>
    /// <param name="groups">Groups of channels that are convolved apart.</param>
    /// <returns>N x O x H' x W'.</returns>
    public static Tensor Apply(
        Tensor input,
        Tensor weight,
        Tensor? bias,
        long[]? strides = null,
        long[]? padding = null,
        long[]? dilation = null,
        long groups = 1
    )
    {
        ArgumentNullException.ThrowIfNull(input);
        (strides, padding, dilation) = (strides ?? One, padding ?? Nothing, dilation ?? One);
        return
            ConvolutionForm.Current.PointwiseAsProducts
            && input.device_type == DeviceType.CPU
            && groups == 1
            && IsPointwise(weight, padding)
            ? PointwiseProduct.Apply(input, weight, bias, strides)
            : nn.functional.conv2d(input, weight, bias, strides, padding, dilation, groups);
    }

    private static bool IsPointwise(Tensor weight, long[] padding) => weight.shape is [_, _, 1, 1] && padding is [0, 0];
}
