using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DetectorDsl.Runtime.Layers;

/// <summary>A convolution under the name <c>conv</c>, as mmdetection's ConvModule holds it, with or without ReLU.</summary>
public sealed class ConvolutionBlock : Module<Tensor, Tensor>
{
    private readonly Conv2d conv;
    private readonly bool activate;

    /// <summary>Wraps a convolution.</summary>
    /// <param name="conv">The convolution.</param>
    /// <param name="activate">Whether ReLU follows.</param>
    public ConvolutionBlock(Conv2d conv, bool activate)
        : base(nameof(ConvolutionBlock))
    {
        (this.conv, this.activate) = (conv, activate);
        register_module("conv", conv);
    }

    /// <summary>Applies the convolution and, where asked for, ReLU.</summary>
    /// <param name="input">N x C x H x W.</param>
    /// <returns>N x C' x H' x W'.</returns>
    public override Tensor forward(Tensor input) => activate ? conv.call(input).relu_() : conv.call(input);

    /// <inheritdoc />
    protected override void RegisterComponents()
    {
    }
}
