using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Convolutions;

/// <summary>A 1 x 1 convolution as a product of matrices: where the channels of a pixel lie side by side, a map is a matrix already.</summary>
internal static class PointwiseProduct
{
    /// <summary>Convolves.</summary>
    /// <param name="input">N x C x H x W, in any order in memory.</param>
    /// <param name="weight">O x C x 1 x 1.</param>
    /// <param name="bias">O numbers; null for none.</param>
    /// <param name="strides">Steps down and across.</param>
    /// <returns>N x O x H' x W'; the channels of a pixel lie side by side.</returns>
    public static Tensor Apply(Tensor input, Tensor weight, Tensor? bias, long[] strides)
    {
        using var scope = NewDisposeScope();
        var seen = Every(strides[1], Every(strides[0], input, 2), 3).permute(0, 2, 3, 1);
        var (images, height, width, channels) = (seen.shape[0], seen.shape[1], seen.shape[2], seen.shape[3]);
        var pixels = seen.reshape(images * height * width, channels);
        var filters = weight.flatten(1).t();
        var product = bias is null ? pixels.mm(filters) : addmm(bias, pixels, filters, beta: 1, alpha: 1);
        return product.view(images, height, width, weight.shape[0]).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    private static Tensor Every(long step, Tensor map, int axis) => step == 1 ? map : map.slice(axis, 0, map.shape[axis], step);
}
