using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>RoIAlign over one or more levels as an operation that gradients flow through (to the maps, not to the regions).</summary>
internal sealed class RoIAlignFunction : autograd.SingleTensorFunction<RoIAlignFunction>
{
    /// <inheritdoc />
    public override string Name => nameof(RoIAlignFunction);

    /// <param name="call">The regions and how they are sampled.</param>
    /// <param name="maps">The levels, N x C x H x W each.</param>
    /// <returns>R x C x cells down x cells across; the channels of a cell lie side by side in memory.</returns>
    public static Tensor Apply(RoIAlignCall call, IReadOnlyList<Tensor> maps)
    {
        if (!is_grad_enabled() || !maps.Any(map => map.requires_grad))
        {
            return call.Forward(maps);
        }

        // The library keeps a second handle and an empty tensor of the output's size beside the result.
        using var scope = NewDisposeScope();
        return apply([call, .. maps]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var call = (RoIAlignCall)vars[0];
        ctx.save_data("call", call);
        ctx.set_materialize_grads(false);
        return call.Forward([.. vars.Skip(1).Cast<Tensor>()]);
    }

    /// <inheritdoc />
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var call = (RoIAlignCall)ctx.get_data("call");
        return [null!, .. grad_output.IsInvalid ? call.NoGradients() : call.Backward(grad_output)];
    }
}

/// <summary>Regions and levels of one use of RoIAlign; keeps what the backward pass needs.</summary>
/// <param name="rois">The R RoIs.</param>
/// <param name="levels">Level of each region; null for level 0 throughout.</param>
/// <param name="scales">Pixels of each level's map per pixel of the image.</param>
/// <param name="geometry">How regions are sampled.</param>
internal sealed class RoIAlignCall(RoiRows rois, int[]? levels, IReadOnlyList<double> scales, RoIAlignGeometry geometry)
{
    private long[][] shapes = [];
    private ScalarType type;

    public Tensor Forward(IReadOnlyList<Tensor> maps)
    {
        RoIAlignInputs.CheckMaps(maps);
        type = maps[0].dtype;
        shapes = [.. maps.Select(map => map.shape)];
        return type == ScalarType.Float32 ? Forward<float>(maps) : Forward<double>(maps);
    }

    public IEnumerable<Tensor> NoGradients() => Enumerable.Repeat<Tensor>(null!, shapes.Length);

    public List<Tensor> Backward(Tensor gradient) => type == ScalarType.Float32 ? Backward<float>(gradient) : Backward<double>(gradient);

    private unsafe Tensor Forward<T>(IReadOnlyList<Tensor> maps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var rows = rois.In<T>();
        RoIAlignInputs.CheckImages<T>(rows, shapes[0][0]);
        var count = rois.Count;
        var channels = (int)shapes[0][1];
        using var scope = NewDisposeScope();
        var output = empty([count, geometry.OutputHeight, geometry.OutputWidth, channels], dtype: type);
        Tensor[] channelsLast = [.. maps.Select(map => map.detach().permute(0, 2, 3, 1).contiguous())];
        if (count > 0)
        {
            fixed (T* regions = rows)
            {
                RoIAlignKernel<T>.Forward(
                    Describe<T>(channelsLast),
                    levels,
                    regions,
                    count,
                    channels,
                    geometry,
                    CpuMemory.Pointer<T>(output)
                );
            }
        }

        return output.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    private unsafe List<Tensor> Backward<T>(Tensor gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scope = NewDisposeScope();
        var contiguous = gradient.detach().permute(0, 2, 3, 1).contiguous();
        Tensor[] channelsLast = [.. shapes.Select(shape => zeros([shape[0], shape[2], shape[3], shape[1]], dtype: type))];
        if (gradient.numel() > 0)
        {
            fixed (T* regions = rois.In<T>())
            {
                RoIAlignKernel<T>.Backward(
                    Describe<T>(channelsLast),
                    levels,
                    regions,
                    (int)gradient.shape[0],
                    (int)shapes[0][1],
                    geometry,
                    CpuMemory.Pointer<T>(contiguous)
                );
            }
        }

        return [.. channelsLast.Select(map => map.permute(0, 3, 1, 2).MoveToOuterDisposeScope())];
    }

    private unsafe RoIAlignKernel<T>.Map[] Describe<T>(Tensor[] channelsLast)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [
            .. channelsLast.Select(
                (map, level) =>
                    new RoIAlignKernel<T>.Map(
                        (nint)CpuMemory.Pointer<T>(map),
                        (int)map.shape[0],
                        (int)map.shape[1],
                        (int)map.shape[2],
                        scales[level]
                    )
            ),
        ];
}
