using DetectorDsl.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DetectorDsl.Torch.Layers;

/// <summary>Hybrid Task Cascade's semantic branch: all levels fused at the size of one, convolutions, then a class for every cell and an embedding.</summary>
/// <remarks>
/// Each level is resized bilinearly (corners aligned), passes a 1x1 convolution and ReLU of its own, and is added. Source: Chen et al. 2019, section 3.4;
/// mmdetection, fused_semantic_head.py. Parameter names: <c>lateral_convs.i.conv</c>, <c>convs.i.conv</c>, <c>conv_embedding.conv</c>, <c>conv_logits</c>.
/// </remarks>
public sealed class FusedSemanticHead : Module<Tensor[], (Tensor Logits, Tensor Embedding)>
{
    private readonly ModuleList<ConvolutionBlock> lateral_convs;
    private readonly ModuleList<ConvolutionBlock> convs;
    private readonly ConvolutionBlock conv_embedding;
    private readonly Convolution2d conv_logits;
    private readonly int level;

    /// <summary>Fresh weights from torch's generator.</summary>
    /// <param name="levels">Levels of the pyramid.</param>
    /// <param name="channels">Channels of every level, and of the embedding.</param>
    /// <param name="level">The level whose size the others take, 0 for the finest.</param>
    /// <param name="layers">3x3 convolutions.</param>
    /// <param name="classes">Semantic classes, K.</param>
    public FusedSemanticHead(int levels, int channels, int level, int layers, int classes)
        : base(nameof(FusedSemanticHead))
    {
        this.level = level;
        register_module("lateral_convs", lateral_convs = ModuleList(Blocks(levels, channels, kernel: 1)));
        register_module("convs", convs = ModuleList(Blocks(layers, channels, kernel: 3)));
        register_module("conv_embedding", conv_embedding = Block(channels, kernel: 1));
        register_module("conv_logits", conv_logits = Initialize.KaimingConvolution(channels, classes, kernel: 1, bias: true));
    }

    /// <summary>Classifies every cell.</summary>
    /// <param name="pyramid">The levels, N x channels x H_i x W_i each.</param>
    /// <returns>N x K x h x w logits and an N x channels x h x w embedding, of the chosen level's size.</returns>
    public override (Tensor Logits, Tensor Embedding) forward(Tensor[] pyramid)
    {
        using var scope = NewDisposeScope();
        var x = Fuse(pyramid);
        return (conv_logits.call(x).MoveToOuterDisposeScope(), conv_embedding.call(x).MoveToOuterDisposeScope());
    }

    /// <summary>The embedding alone, for inference.</summary>
    /// <param name="pyramid">The levels, N x channels x H_i x W_i each.</param>
    /// <returns>N x channels x h x w.</returns>
    public Tensor Embed(Tensor[] pyramid)
    {
        using var scope = NewDisposeScope();
        return conv_embedding.call(Fuse(pyramid)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    protected override void RegisterComponents() { }

    private static ConvolutionBlock[] Blocks(int count, int channels, int kernel) =>
        [.. Enumerable.Range(0, count).Select(_ => Block(channels, kernel))];

    private static ConvolutionBlock Block(int channels, int kernel) =>
        new(Initialize.KaimingConvolution(channels, channels, kernel, bias: true), activate: true);

    private Tensor Fuse(Tensor[] pyramid)
    {
        ArgumentNullException.ThrowIfNull(pyramid);
        using var scope = NewDisposeScope();
        var (height, width) = (pyramid[level].shape[2], pyramid[level].shape[3]);
        var x = lateral_convs[level].call(pyramid[level]);
        for (var other = 0; other < lateral_convs.Count; other++)
        {
            if (other != level)
            {
                var resized = functional.interpolate(
                    pyramid[other],
                    size: [height, width],
                    mode: InterpolationMode.Bilinear,
                    align_corners: true
                );
                x = x.Plus(lateral_convs[other].call(resized));
            }
        }

        foreach (var conv in convs)
        {
            x = conv.call(x);
        }

        return x.MoveToOuterDisposeScope();
    }
}
