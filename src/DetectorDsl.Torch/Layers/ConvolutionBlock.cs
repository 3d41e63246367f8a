using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DetectorDsl.Torch.Layers;

/// <summary>A convolution under the name <c>conv</c>, as mmdetection's ConvModule holds it, with or without normalisation (<c>bn</c>, <c>gn</c>) and ReLU.</summary>
public sealed class ConvolutionBlock : Module<Tensor, Tensor>
{
    private readonly Convolution2d conv;
    private readonly Module<Tensor, Tensor>? norm;
    private readonly bool activate;

    /// <summary>Wraps a convolution.</summary>
    /// <param name="conv">The convolution.</param>
    /// <param name="activate">Whether ReLU follows.</param>
    /// <param name="norm">Makes the normalisation between; null for none.</param>
    public ConvolutionBlock(Convolution2d conv, bool activate, NormFactory? norm = null)
        : base(nameof(ConvolutionBlock))
    {
        ArgumentNullException.ThrowIfNull(conv);
        (this.conv, this.activate) = (conv, activate);
        register_module("conv", conv);
        if (norm is not null)
        {
            register_module(norm.Key, this.norm = norm.Create((int)conv.weight.shape[0]));
        }
    }

    /// <summary>Applies the convolution and, where asked for, normalisation and ReLU.</summary>
    /// <param name="input">N x C x H x W.</param>
    /// <returns>N x C' x H' x W'.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = norm is null ? conv.call(input) : norm.call(conv.call(input));
        return (activate ? x.relu_() : x).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    protected override void RegisterComponents() { }
}
