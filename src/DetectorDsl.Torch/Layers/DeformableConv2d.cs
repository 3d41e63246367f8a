using DetectorDsl.Native;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Layers;

/// <summary>Where a deformable convolution samples its map.</summary>
/// <param name="Groups">Groups of channels that are sampled at places of their own.</param>
/// <param name="Modulated">Whether every sample has a factor between 0 and 1, too (version 2).</param>
public sealed record DeformableSampling(int Groups = 1, bool Modulated = true);

/// <summary>A 3x3 convolution whose taps sample the map where another 3x3 convolution of it says; that one is 0 at first, so that the taps lie where they always do.</summary>
/// <remarks>
/// Dai et al. 2017 (version 1); Zhu et al. 2019 (version 2). Names: <c>weight</c>, <c>conv_offset.weight</c>, <c>conv_offset.bias</c>; the latter's channels are the shifts,
/// y and x of each tap, then the factors' logits. Source: mmcv, ops/deform_conv.py and modulated_deform_conv.py.
/// </remarks>
public sealed class DeformableConv2d : nn.Module<Tensor, Tensor>
{
    private const int Kernel = 3;
    private const int Taps = Kernel * Kernel;

    private readonly Parameter weight;
    private readonly PredictionConvolution conv_offset;
    private readonly DeformableSampling sampling;
    private readonly int stride;
    private readonly int groups;

    /// <summary>Weights from He's normal distribution over the outgoing connections, no bias.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="stride">Step in pixels.</param>
    /// <param name="groups">Groups of channels that are convolved apart.</param>
    /// <param name="sampling">Where the map is sampled.</param>
    public DeformableConv2d(int inChannels, int outChannels, int stride, int groups, DeformableSampling sampling)
        : base(nameof(DeformableConv2d))
    {
        ArgumentNullException.ThrowIfNull(sampling);
        (this.sampling, this.stride, this.groups) = (sampling, stride, groups);
        weight = new Parameter(
            randn(outChannels, inChannels / groups, Kernel, Kernel).mul_(Scalars.Of(Math.Sqrt(2.0 / (outChannels * Taps))))
        );
        conv_offset = new PredictionConvolution(inChannels, (sampling.Modulated ? 3 : 2) * Taps * sampling.Groups, std: 0, stride: stride);
        RegisterComponents();
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="input">N x inChannels x H x W.</param>
    /// <returns>N x outChannels x H/stride x W/stride.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var predicted = conv_offset.call(input);
        var shifts = 2L * Taps * sampling.Groups;
        var mask = sampling.Modulated ? predicted.narrow(1, shifts, Taps * sampling.Groups).sigmoid() : null;
        return DeformableConvolution
            .Apply(input, predicted.narrow(1, 0, shifts), mask, weight, null, stride, Kernel / 2, dilation: 1, groups, sampling.Groups)
            .MoveToOuterDisposeScope();
    }
}
