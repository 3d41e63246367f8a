using DetectorDsl.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DetectorDsl.Torch.Layers;

/// <summary>Residual block of a 1x1, a 3x3 (which carries the stride) and a 1x1 convolution (He et al. 2016, figure 5 right).</summary>
/// <remarks>The 3x3 convolution may have groups (Xie et al. 2017) and may be deformable (Dai et al. 2017; Zhu et al. 2019).</remarks>
public sealed class Bottleneck : Module<Tensor, Tensor>
{
    /// <summary>Output channels per channel of the block's width.</summary>
    public const int Expansion = 4;

    private readonly Convolution2d conv1;
    private readonly Module<Tensor, Tensor> conv2;
    private readonly Convolution2d conv3;
    private readonly Module<Tensor, Tensor> norm1;
    private readonly Module<Tensor, Tensor> norm2;
    private readonly Module<Tensor, Tensor> norm3;
    private readonly Sequential? downsample;

    /// <summary>Makes the block; its shortcut is a 1x1 convolution where size or channels change.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="width">Channels of the 3x3 convolution.</param>
    /// <param name="stride">Step of the 3x3 convolution.</param>
    /// <param name="norm">Normalisation.</param>
    /// <param name="outChannels">Output channels; null for four times the width.</param>
    /// <param name="groups">Groups of the 3x3 convolution.</param>
    /// <param name="deformable">Where the 3x3 convolution samples its map; null for an ordinary one.</param>
    public Bottleneck(
        int inChannels,
        int width,
        int stride,
        NormFactory norm,
        int? outChannels = null,
        int groups = 1,
        DeformableSampling? deformable = null
    )
        : base(nameof(Bottleneck))
    {
        ArgumentNullException.ThrowIfNull(norm);
        var channels = outChannels ?? width * Expansion;
        register_module("conv1", conv1 = Initialize.KaimingConvolution(inChannels, width, 1));
        register_module($"{norm.Key}1", norm1 = norm.Create(width));
        register_module(
            "conv2",
            conv2 = deformable is null
                ? Initialize.KaimingConvolution(width, width, 3, stride, groups: groups)
                : new DeformableConv2d(width, width, stride, groups, deformable)
        );
        register_module($"{norm.Key}2", norm2 = norm.Create(width));
        register_module("conv3", conv3 = Initialize.KaimingConvolution(width, channels, 1));
        register_module($"{norm.Key}3", norm3 = norm.Create(channels));
        if (stride != 1 || inChannels != channels)
        {
            register_module(
                "downsample",
                downsample = Sequential(("0", Initialize.KaimingConvolution(inChannels, channels, 1, stride)), ("1", norm.Create(channels)))
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
        x = norm2.call(conv2.call(x)).relu_();
        x = norm3.call(conv3.call(x));
        return x.PlusInPlace(downsample is null ? input : downsample.call(input)).relu_().MoveToOuterDisposeScope();
    }

    // Registered above under the names of the state dict; the fields' own names are not those.
    /// <inheritdoc />
    protected override void RegisterComponents() { }
}
