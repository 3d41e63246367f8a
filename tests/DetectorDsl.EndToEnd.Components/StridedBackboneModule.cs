using DetectorDsl.Torch.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DetectorDsl.EndToEnd.Components;

/// <summary>Does the work of <see cref="StridedBackbone" />.</summary>
public sealed class StridedBackboneModule : Module<Tensor, Tensor[]>
{
    private readonly Convolution2d stem;
    private readonly ModuleList<Convolution2d> levels;

    /// <summary>Fresh weights from torch's generator.</summary>
    /// <param name="widths">Channels per level.</param>
    /// <param name="kernel">Side of the kernels.</param>
    public StridedBackboneModule(IReadOnlyList<int> widths, int kernel)
        : base(nameof(StridedBackboneModule))
    {
        register_module("stem", stem = Initialize.KaimingConvolution(3, widths[0], kernel, stride: 2, bias: true));
        register_module(
            "levels",
            levels = ModuleList<Convolution2d>([
                .. widths.Select(
                    (width, level) => Initialize.KaimingConvolution(widths[Math.Max(0, level - 1)], width, kernel, stride: 2, bias: true)
                ),
            ])
        );
    }

    /// <summary>Computes the maps.</summary>
    /// <param name="images">N x 3 x H x W.</param>
    /// <returns>Maps of strides 4, 8 and 16.</returns>
    public override Tensor[] forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = stem.call(images).relu_();
        var maps = new Tensor[levels.Count];
        for (var level = 0; level < maps.Length; level++)
        {
            x = levels[level].call(x).relu();
            maps[level] = x.MoveToOuterDisposeScope();
        }

        return maps;
    }

    /// <inheritdoc />
    protected override void RegisterComponents() { }
}
