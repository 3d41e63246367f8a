using DetectorDsl.Torch.Operators;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DetectorDsl.Torch.Layers;

/// <summary>A deformable 3x3 convolution whose shifts follow from the shapes of the anchors, and ReLU (Wang et al. 2019, section 3.4).</summary>
/// <remarks>Names: <c>conv_offset.weight</c>, <c>conv_adaption.weight</c>. Source: mmdetection, guided_anchor_head.py, FeatureAdaption.</remarks>
public sealed class FeatureAdaption : Module<Tensor, Tensor, Tensor>
{
    private const int Kernel = 3;

    private readonly Convolution2d conv_offset;
    private readonly Convolution2d conv_adaption;
    private readonly int offsetGroups;

    /// <summary>Weights from N(0, 0.1) for the shifts and N(0, 0.01) for the features, no biases.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="offsetGroups">Groups of channels that are sampled at places of their own.</param>
    public FeatureAdaption(int inChannels, int outChannels, int offsetGroups)
        : base(nameof(FeatureAdaption))
    {
        this.offsetGroups = offsetGroups;
        register_module(
            "conv_offset",
            conv_offset = Initialize.NormalConvolution(2, 2 * Kernel * Kernel * offsetGroups, kernel: 1, std: 0.1, bias: false)
        );
        register_module(
            "conv_adaption",
            conv_adaption = Initialize.NormalConvolution(inChannels, outChannels, Kernel, std: 0.01, bias: false)
        );
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="input">N x inChannels x H x W.</param>
    /// <param name="shapes">N x 2 x H x W: the anchors' predicted widths and heights; no gradient flows to them.</param>
    /// <returns>N x outChannels x H x W.</returns>
    public override Tensor forward(Tensor input, Tensor shapes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        using var scope = NewDisposeScope();
        var offset = conv_offset.call(shapes.detach());
        return DeformableConvolution
            .Apply(input, offset, null, conv_adaption.weight, padding: Kernel / 2, offsetGroups: offsetGroups)
            .relu()
            .MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    protected override void RegisterComponents() { }
}
