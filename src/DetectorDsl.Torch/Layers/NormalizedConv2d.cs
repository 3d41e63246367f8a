using DetectorDsl.Native;
using DetectorDsl.Torch.Convolutions;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Layers;

/// <summary>Convolution of normalised features with normalised weights (normalized mask prediction).</summary>
/// <remarks>Source: Seesaw Loss (Wang et al. 2021), section 3.3; mmdetection, normed_predictor.py. Names: <c>weight</c>, <c>bias</c>.</remarks>
public sealed class NormalizedConv2d : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly double temperature;
    private readonly double power;
    private readonly double epsilon;
    private readonly bool normOverKernel;
    private readonly int padding;

    // A pixel's divisor is the same for all of its channels: under a 1 x 1 kernel it can as well divide what comes out, which is less.
    private readonly bool dividesOutput;

    /// <summary>Weights from He's normal distribution over the outgoing connections, bias 0.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="kernelSize">Side of the kernel.</param>
    /// <param name="temperature">Factor of the cosine.</param>
    /// <param name="power">Exponent of the norms.</param>
    /// <param name="epsilon">Added to the norms.</param>
    /// <param name="normOverKernel">Whether the length of a filter is taken over its kernel too, not per place of the kernel.</param>
    public NormalizedConv2d(
        int inChannels,
        int outChannels,
        int kernelSize = 1,
        double temperature = 20,
        double power = 1,
        double epsilon = 1e-6,
        bool normOverKernel = false
    )
        : base(nameof(NormalizedConv2d))
    {
        ChannelBlocks.Check(inChannels, outChannels, kernelSize, stride: 1);
        (this.temperature, this.power, this.epsilon, this.normOverKernel, padding) = (
            temperature,
            power,
            epsilon,
            normOverKernel,
            kernelSize / 2
        );
        dividesOutput = kernelSize == 1 && outChannels < inChannels;
        weight = new Parameter(
            randn(outChannels, inChannels, kernelSize, kernelSize)
                .mul_(Scalars.Of(Math.Sqrt(2.0 / (outChannels * kernelSize * kernelSize))))
        );
        bias = new Parameter(zeros(outChannels));
        RegisterComponents();
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="input">N x in x H x W.</param>
    /// <returns>N x out x H x W.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var w = Unit.Of(weight, normOverKernel ? [1, 2, 3] : [1], power, epsilon);
        if (dividesOutput)
        {
            var z = Convolve.Apply(input, w.Times(temperature), bias: null) / Unit.Divisor(input, [1], power, epsilon);
            return z.Plus(bias.view(1, -1, 1, 1)).MoveToOuterDisposeScope();
        }

        var x = Unit.Of(input, [1], power, epsilon).mul(Scalars.Of(temperature));
        return Convolve.Apply(x, w, bias, padding: [padding, padding]).MoveToOuterDisposeScope();
    }
}
