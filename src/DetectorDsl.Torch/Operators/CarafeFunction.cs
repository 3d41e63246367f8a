using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>CARAFE's reassembly as an operation that gradients flow through, to the map and to the kernels.</summary>
internal sealed class CarafeFunction : autograd.SingleTensorFunction<CarafeFunction>
{
    /// <inheritdoc />
    public override string Name => nameof(CarafeFunction);

    /// <param name="features">N x C x H x W.</param>
    /// <param name="kernels">N x groups k² x factor H x factor W.</param>
    /// <param name="geometry">Their sizes.</param>
    /// <returns>N x C x factor H x factor W; the channels of a cell lie side by side in memory.</returns>
    public static Tensor Apply(Tensor features, Tensor kernels, CarafeGeometry geometry)
    {
        if (!is_grad_enabled() || !(features.requires_grad || kernels.requires_grad))
        {
            return Forward(features, kernels, geometry);
        }

        // The library keeps a second handle and an empty tensor of the output's size beside the result.
        using var scope = NewDisposeScope();
        return apply(features, kernels, geometry).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (features, kernels, geometry) = ((Tensor)vars[0], (Tensor)vars[1], (CarafeGeometry)vars[2]);
        ctx.save_for_backward([features, kernels]);
        ctx.save_data("geometry", geometry);
        ctx.set_materialize_grads(false);
        return Forward(features, kernels, geometry);
    }

    /// <inheritdoc />
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        if (grad_output.IsInvalid)
        {
            return [null!, null!, null!];
        }

        using var scope = NewDisposeScope();
        var geometry = (CarafeGeometry)ctx.get_data("geometry");
        var saved = ctx.get_saved_variables();
        var gradients =
            saved[0].dtype == ScalarType.Float32
                ? Backward<float>(saved[0], saved[1], grad_output, geometry)
                : Backward<double>(saved[0], saved[1], grad_output, geometry);
        return [gradients.Features.MoveToOuterDisposeScope(), gradients.Kernels.MoveToOuterDisposeScope(), null!];
    }

    private static Tensor Forward(Tensor features, Tensor kernels, CarafeGeometry geometry) =>
        features.dtype == ScalarType.Float32 ? Forward<float>(features, kernels, geometry) : Forward<double>(features, kernels, geometry);

    private static unsafe Tensor Forward<T>(Tensor features, Tensor kernels, CarafeGeometry geometry)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scope = NewDisposeScope();
        var output = empty([geometry.Images, geometry.OutputHeight, geometry.OutputWidth, geometry.Channels], dtype: features.dtype);
        var (map, weights) = (ChannelsLast(features), ChannelsLast(kernels));
        if (output.numel() > 0)
        {
            CarafeKernel<T>.Forward(geometry, CpuMemory.Pointer<T>(map), CpuMemory.Pointer<T>(weights), CpuMemory.Pointer<T>(output));
        }

        return output.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    private static unsafe (Tensor Features, Tensor Kernels) Backward<T>(
        Tensor features,
        Tensor kernels,
        Tensor gradient,
        CarafeGeometry geometry
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (map, weights, above) = (ChannelsLast(features), ChannelsLast(kernels), ChannelsLast(gradient));
        var (ofMap, ofWeights) = (zeros_like(map), zeros_like(weights));
        if (above.numel() > 0)
        {
            CarafeKernel<T>.FeatureGradient(
                geometry,
                CpuMemory.Pointer<T>(weights),
                CpuMemory.Pointer<T>(above),
                CpuMemory.Pointer<T>(ofMap)
            );
            CarafeKernel<T>.KernelGradient(
                geometry,
                CpuMemory.Pointer<T>(map),
                CpuMemory.Pointer<T>(above),
                CpuMemory.Pointer<T>(ofWeights)
            );
        }

        return (ofMap.permute(0, 3, 1, 2), ofWeights.permute(0, 3, 1, 2));
    }

    private static Tensor ChannelsLast(Tensor map) => map.detach().permute(0, 2, 3, 1).contiguous();
}
