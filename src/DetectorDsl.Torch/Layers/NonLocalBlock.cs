using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Layers;

/// <summary>Non-local block (Wang et al. 2018), embedded Gaussian: each cell gets the mean of all cells, weighted by softmax(theta phi), added to it.</summary>
/// <remarks>
/// Source: mmcv, cnn/bricks/non_local.py; weights as Libra R-CNN's neck leaves them there. Names: <c>g.conv</c>, <c>theta.conv</c>, <c>phi.conv</c>, <c>conv_out.conv</c>.
/// The weights of all pairs are held at once: (H W)^2 numbers per image.
/// </remarks>
public sealed class NonLocalBlock : nn.Module<Tensor, Tensor>
{
    private readonly ConvolutionBlock g;
    private readonly ConvolutionBlock theta;
    private readonly ConvolutionBlock phi;
    private readonly ConvolutionBlock conv_out;
    private readonly double scale;

    /// <summary>Weights from Glorot's uniform distribution, biases 0.</summary>
    /// <param name="channels">C.</param>
    /// <param name="reduction">C over the channels in which cells are compared and averaged, rounded down, at least one.</param>
    /// <param name="scaled">Whether the products are divided by the root of those channels.</param>
    public NonLocalBlock(int channels, int reduction = 1, bool scaled = false)
        : base(nameof(NonLocalBlock))
    {
        var inner = Math.Max(channels / reduction, 1);
        scale = scaled ? 1 / Math.Sqrt(inner) : 1;
        register_module("g", g = Plain(channels, inner));
        register_module("theta", theta = Plain(channels, inner));
        register_module("phi", phi = Plain(channels, inner));
        register_module("conv_out", conv_out = Plain(inner, channels));
    }

    /// <summary>Applies the block.</summary>
    /// <param name="input">N x C x H x W.</param>
    /// <returns>N x C x H x W.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        var values = g.call(input);
        var (images, inner, height, width) = (values.shape[0], values.shape[1], values.shape[2], values.shape[3]);
        var queries = theta.call(input).flatten(2).transpose(1, 2);
        var pairs = (scale == 1 ? queries : queries.Times(scale)).matmul(phi.call(input).flatten(2)).softmax(-1); // N x HW x HW
        var means = pairs.matmul(values.flatten(2).transpose(1, 2));
        return input.Plus(conv_out.call(means.transpose(1, 2).reshape(images, inner, height, width))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    protected override void RegisterComponents() { }

    private static ConvolutionBlock Plain(int inputs, int outputs) =>
        new(Initialize.XavierConvolution(inputs, outputs, kernel: 1), activate: false);
}
