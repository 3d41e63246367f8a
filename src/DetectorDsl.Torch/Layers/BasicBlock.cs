using DetectorDsl.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DetectorDsl.Torch.Layers;

/// <summary>Residual block of two 3x3 convolutions (He et al. 2016, figure 5 left).</summary>
public sealed class BasicBlock : Module<Tensor, Tensor>
{
    private readonly Convolution2d conv1;
    private readonly Convolution2d conv2;
    private readonly Module<Tensor, Tensor> norm1;
    private readonly Module<Tensor, Tensor> norm2;
    private readonly Sequential? downsample;

    /// <summary>Makes the block; its shortcut is a 1x1 convolution where size or channels change.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="stride">Step of the first convolution.</param>
    /// <param name="norm">Normalisation.</param>
    public BasicBlock(int inChannels, int outChannels, int stride, NormFactory norm)
        : base(nameof(BasicBlock))
    {
        ArgumentNullException.ThrowIfNull(norm);
        register_module("conv1", conv1 = Initialize.KaimingConvolution(inChannels, outChannels, 3, stride));
        register_module($"{norm.Key}1", norm1 = norm.Create(outChannels));
        register_module("conv2", conv2 = Initialize.KaimingConvolution(outChannels, outChannels, 3));
        register_module($"{norm.Key}2", norm2 = norm.Create(outChannels));
        if (stride != 1 || inChannels != outChannels)
        {
            register_module(
                "downsample",
                downsample = Sequential(
                    ("0", Initialize.KaimingConvolution(inChannels, outChannels, 1, stride)),
                    ("1", norm.Create(outChannels))
                )
            );
        }
    }

    /// <summary>Applies the block.</summary>
    /// <param name="input">N x inChannels x H x W.</param>
    /// <returns>N x outChannels x H/stride x W/stride.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = norm1.call(conv1.call(input)).relu_();
        x = norm2.call(conv2.call(x));
        return x.PlusInPlace(downsample is null ? input : downsample.call(input)).relu_().MoveToOuterDisposeScope();
    }

    // Registered above under the names of the state dict; the fields' own names are not those.
    /// <inheritdoc />
    protected override void RegisterComponents() { }
}
