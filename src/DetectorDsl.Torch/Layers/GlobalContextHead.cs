using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DetectorDsl.Torch.Layers;

/// <summary>What an image is about: convolutions on the coarsest level, averaged to a vector, from which a layer says which classes are in the image.</summary>
/// <remarks>
/// Source: Seesaw Loss (Wang et al. 2021), appendix D.1, which leaves level and number of convolutions open; they are those of mmdetection's
/// global_context_head.py. Parameter names: <c>convs.i.conv</c>, <c>fc</c>.
/// </remarks>
public sealed class GlobalContextHead : Module<Tensor, (Tensor Logits, Tensor Context)>
{
    private readonly ModuleList<ConvolutionBlock> convs;
    private readonly Linear fc;

    /// <summary>Fresh weights from torch's generator.</summary>
    /// <param name="channels">Channels of the level and of the vector.</param>
    /// <param name="layers">3x3 convolutions.</param>
    /// <param name="classes">C.</param>
    public GlobalContextHead(int channels, int layers, int classes)
        : base(nameof(GlobalContextHead))
    {
        var blocks = Enumerable
            .Range(0, layers)
            .Select(_ => new ConvolutionBlock(Initialize.KaimingConvolution(channels, channels, kernel: 3, bias: true), activate: true));
        register_module("convs", convs = ModuleList<ConvolutionBlock>([.. blocks]));
        register_module("fc", fc = Initialize.NormalLinear(channels, classes, std: 0.01));
    }

    /// <summary>Looks at whole images.</summary>
    /// <param name="map">N x channels x H x W.</param>
    /// <returns>N x C logits, each class for itself, and the N x channels x 1 x 1 context.</returns>
    public override (Tensor Logits, Tensor Context) forward(Tensor map)
    {
        using var scope = NewDisposeScope();
        var context = Encode(map);
        return (fc.call(context.flatten(1)).MoveToOuterDisposeScope(), context.MoveToOuterDisposeScope());
    }

    /// <summary>The context alone, for inference.</summary>
    /// <param name="map">N x channels x H x W.</param>
    /// <returns>N x channels x 1 x 1.</returns>
    public Tensor Encode(Tensor map)
    {
        using var scope = NewDisposeScope();
        var x = map;
        foreach (var conv in convs)
        {
            x = conv.call(x);
        }

        return x.mean([2, 3], keepdim: true).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    protected override void RegisterComponents() { }
}
