using DetectorDsl.Native;
using DetectorDsl.Torch.Convolutions;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Layers;

/// <summary>The convolution at the end of a dense head or of an encoder, to any number of channels. Names: <c>weight</c>, <c>bias</c>.</summary>
/// <remarks>
/// The weight is padded with zeros to a full block of channels before it is applied, and the result cut back: otherwise a number of classes that is no
/// multiple of 16 would turn oneDNN off for the whole process (<see cref="Initialize" />).
/// </remarks>
public sealed class PredictionConvolution : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly int missing;
    private readonly int padding;
    private readonly int dilation;
    private readonly int stride;

    /// <summary>Weights from N(0, std), bias 0, or such that each sigmoid is a given probability at first (Focal Loss, section 3.3).</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels, D.</param>
    /// <param name="std">Standard deviation; at 0 the weights are 0.</param>
    /// <param name="prior">The probability, above 0 and below 1; 0.5 leaves the bias at 0.</param>
    /// <param name="kernel">Side of the kernel; odd.</param>
    /// <param name="dilation">Cells from one place of the kernel to the next.</param>
    /// <param name="stride">Step in cells.</param>
    public PredictionConvolution(
        int inChannels,
        int outChannels,
        double std,
        double prior = 0.5,
        int kernel = 3,
        int dilation = 1,
        int stride = 1
    )
        : base(nameof(PredictionConvolution))
    {
        missing = kernel == 1 ? 0 : ChannelBlocks.Missing(outChannels);
        (this.dilation, this.stride, padding) = (dilation, stride, kernel / 2 * dilation);
        ChannelBlocks.Check(inChannels, outChannels + missing, kernel, stride);
        weight = new Parameter(randn(outChannels, inChannels, kernel, kernel).mul_(Scalars.Of(std)));
        bias = new Parameter(full([outChannels], Scalars.Of(-Math.Log((1 - prior) / prior)), dtype: ScalarType.Float32));
        RegisterComponents();
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="input">N x inChannels x H x W.</param>
    /// <returns>N x D x H/stride x W/stride.</returns>
    public override Tensor forward(Tensor input)
    {
        if (missing == 0)
        {
            return Predict(input, weight, bias);
        }

        using var scope = NewDisposeScope();
        var fullWeight = nn.functional.pad(weight, [0, 0, 0, 0, 0, 0, 0, missing]);
        var fullBias = nn.functional.pad(bias, [0, missing]);
        var full = Predict(input, fullWeight, fullBias);
        return full.narrow(1, 0, bias.shape[0]).MoveToOuterDisposeScope();
    }

    private Tensor Predict(Tensor input, Tensor weights, Tensor shift) =>
        Convolve.Apply(input, weights, shift, [stride, stride], [padding, padding], [dilation, dilation]);
}
