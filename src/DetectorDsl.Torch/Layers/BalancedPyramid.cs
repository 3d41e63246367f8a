using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Layers;

/// <summary>Balanced feature pyramid (Pang et al. 2019, Libra R-CNN, section 3.2): the mean of all levels, refined, is added to each of them.</summary>
/// <remarks>Source: mmdetection, mmdet/models/necks/bfp.py. Names: <c>refine</c>.</remarks>
public sealed class BalancedPyramid : nn.Module<Tensor[], Tensor[]>
{
    private readonly nn.Module<Tensor, Tensor>? refine;
    private readonly int refineLevel;

    /// <summary>Fixes the level and the refinement.</summary>
    /// <param name="refineLevel">Index of the level at whose size the mean is taken, 0 for the finest.</param>
    /// <param name="refine">What is done to the mean, at its size and channels; null for nothing.</param>
    public BalancedPyramid(int refineLevel, nn.Module<Tensor, Tensor>? refine)
        : base(nameof(BalancedPyramid))
    {
        (this.refineLevel, this.refine) = (refineLevel, refine);
        if (refine is not null)
        {
            register_module("refine", refine);
        }
    }

    /// <summary>Balances the levels. Sizes are made smaller by the maximum of the cells, larger by the nearest.</summary>
    /// <param name="input">The levels, finest first: N x C x H x W each, C the same.</param>
    /// <returns>As many levels of the same shapes.</returns>
    public override Tensor[] forward(Tensor[] input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        var middle = Size(input[refineLevel]);
        var sum = input
            .Select((level, index) => index < refineLevel ? Smaller(level, middle) : Larger(level, middle))
            .Aggregate(static (sum, part) => sum.Plus(part));
        var mean = sum.Over(input.Length);
        var refined = refine is null ? mean : refine.call(mean);
        return
        [
            .. input.Select(
                (level, index) =>
                    level.Plus(index < refineLevel ? Larger(refined, Size(level)) : Smaller(refined, Size(level))).MoveToOuterDisposeScope()
            ),
        ];
    }

    /// <inheritdoc />
    protected override void RegisterComponents() { }

    private static long[] Size(Tensor level) => level.shape[2..];

    private static Tensor Smaller(Tensor level, long[] size) => nn.functional.adaptive_max_pool2d(level, size);

    private static Tensor Larger(Tensor level, long[] size) =>
        nn.functional.interpolate(level, size: size, mode: InterpolationMode.Nearest);
}
