using System.Numerics;
using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>Deformable convolution on the CPU as an operation that gradients flow through.</summary>
internal sealed class DeformableConvolutionFunction : autograd.SingleTensorFunction<DeformableConvolutionFunction>
{
    /// <inheritdoc />
    public override string Name => nameof(DeformableConvolutionFunction);

    /// <returns>N x O x H' x W'; the channels of a place lie side by side in memory.</returns>
    public static Tensor Apply(DeformableGeometry geometry, Tensor input, Tensor offset, Tensor? mask, Tensor weight)
    {
        Tensor[] tensors = mask is null ? [input, offset, weight] : [input, offset, weight, mask];
        var call = new DeformableCall(geometry, [.. tensors.Select(one => one.requires_grad)]);
        if (!is_grad_enabled() || !call.Wanted.Contains(true))
        {
            return call.Forward(tensors);
        }

        // The library keeps a second handle and an empty tensor of the output's size beside the result.
        using var scope = NewDisposeScope();
        return apply([call, .. tensors]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var call = (DeformableCall)vars[0];
        List<Tensor> tensors = [.. vars.Skip(1).Cast<Tensor>()];
        ctx.save_data("call", call);
        ctx.save_for_backward(tensors);
        ctx.set_materialize_grads(false);
        return call.Forward(tensors);
    }

    /// <inheritdoc />
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var call = (DeformableCall)ctx.get_data("call");
        if (grad_output.IsInvalid)
        {
            return [null!, .. call.Wanted.Select(_ => (Tensor)null!)];
        }

        using var scope = NewDisposeScope();
        var gradients = call.Backward(ctx.get_saved_variables(), grad_output);
        return [null!, .. gradients.Select(gradient => gradient?.MoveToOuterDisposeScope()!)];
    }
}

/// <summary>One use of a deformable convolution: samples are gathered for some places at a time and multiplied with the weights by the library.</summary>
/// <remarks>All samples at once would take taps times the map's memory; they are gathered anew in the backward pass.</remarks>
/// <param name="geometry">Sizes and steps.</param>
/// <param name="wanted">Whether a gradient of the input, the offsets, the weight and the mask is asked for.</param>
internal sealed class DeformableCall(DeformableGeometry geometry, bool[] wanted)
{
    // Samples of so many numbers stay in the processor's caches between gathering and multiplying.
    private const int SamplesAtOnce = 1 << 20;

    public bool[] Wanted => wanted;

    private int PlacesAtOnce => Math.Clamp(SamplesAtOnce / geometry.Samples, 1, Math.Max(1, geometry.Images * geometry.Places));

    /// <param name="tensors">Input, offsets, weight and, in version 2, mask.</param>
    public Tensor Forward(IReadOnlyList<Tensor> tensors) =>
        tensors[0].dtype == ScalarType.Float32 ? Forward<float>(tensors) : Forward<double>(tensors);

    /// <param name="tensors">As in the forward pass.</param>
    /// <param name="gradient">N x O x H' x W'.</param>
    /// <returns>Gradients of the tensors; null where none is asked for.</returns>
    public Tensor?[] Backward(IReadOnlyList<Tensor> tensors, Tensor gradient) =>
        tensors[0].dtype == ScalarType.Float32 ? Backward<float>(tensors, gradient) : Backward<double>(tensors, gradient);

    private unsafe Tensor Forward<T>(IReadOnlyList<Tensor> tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (input, offset, mask) = (
            PlaceByPlace(tensors[0]),
            PlaceByPlace(tensors[1]),
            tensors.Count > 3 ? PlaceByPlace(tensors[3]) : null
        );
        var kernel = Kernel(tensors[2]);
        var places = geometry.Images * geometry.Places;
        var output = empty([places, geometry.Outputs], dtype: input.dtype);
        var samples = empty([PlacesAtOnce, geometry.Samples], dtype: input.dtype);
        var sampler = Sampler<T>(input, offset, mask);
        for (var first = 0; first < places; first += PlacesAtOnce)
        {
            using var ofBlock = NewDisposeScope();
            var count = Math.Min(PlacesAtOnce, places - first);
            sampler.Gather(first, count, CpuMemory.Pointer<T>(samples));
            Multiply(samples.narrow(0, 0, count), kernel, output.narrow(0, first, count));
        }

        return PlanesOf(output, geometry.Outputs, geometry.OutputHeight, geometry.OutputWidth).MoveToOuterDisposeScope();
    }

    private unsafe Tensor?[] Backward<T>(IReadOnlyList<Tensor> tensors, Tensor gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (input, offset, mask) = (
            PlaceByPlace(tensors[0]),
            PlaceByPlace(tensors[1]),
            tensors.Count > 3 ? PlaceByPlace(tensors[3]) : null
        );
        var places = geometry.Images * geometry.Places;
        var rows = PlaceByPlace(gradient).view(places, geometry.Outputs);
        var kernel = Kernel(tensors[2]);
        var (toInput, toPlaces) = (wanted[0], wanted[1] || (mask is not null && wanted[3]));
        var kernelGradient = wanted[2] ? zeros_like(kernel) : null;
        var inputGradient = toInput ? zeros_like(input) : null;
        var offsetGradient = toPlaces ? empty_like(offset) : null;
        var maskGradient = toPlaces && mask is not null ? empty_like(mask) : null;
        var samples = empty([PlacesAtOnce, geometry.Samples], dtype: input.dtype);
        var sampler = Sampler<T>(input, offset, mask);
        for (var first = 0; first < places; first += PlacesAtOnce)
        {
            using var ofBlock = NewDisposeScope();
            var count = Math.Min(PlacesAtOnce, places - first);
            var (block, ofRows) = (samples.narrow(0, 0, count), rows.narrow(0, first, count));
            if (kernelGradient is not null)
            {
                sampler.Gather(first, count, CpuMemory.Pointer<T>(samples));
                AddProducts(block, ofRows, kernelGradient);
            }

            if (toInput || toPlaces)
            {
                MultiplyBack(ofRows, kernel, block);
            }

            if (toPlaces)
            {
                sampler.PlaceGradients(
                    first,
                    count,
                    CpuMemory.Pointer<T>(samples),
                    CpuMemory.Pointer<T>(offsetGradient!),
                    maskGradient is null ? null : CpuMemory.Pointer<T>(maskGradient)
                );
            }

            if (toInput)
            {
                sampler.Scatter(first, count, CpuMemory.Pointer<T>(samples), CpuMemory.Pointer<T>(inputGradient!));
            }
        }

        Tensor?[] gradients =
        [
            inputGradient is null ? null : PlanesOf(inputGradient, geometry.Channels, geometry.Height, geometry.Width),
            wanted[1] ? PlanesOf(offsetGradient!, offset.shape[3], geometry.OutputHeight, geometry.OutputWidth) : null,
            kernelGradient is null ? null : WeightOf(kernelGradient, tensors[2].shape),
            mask is not null && wanted[3] ? PlanesOf(maskGradient!, mask.shape[3], geometry.OutputHeight, geometry.OutputWidth) : null,
        ];
        return [.. gradients.Take(tensors.Count).Select(one => one?.MoveToOuterDisposeScope())];
    }

    private unsafe DeformableKernel<T> Sampler<T>(Tensor input, Tensor offset, Tensor? mask)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(geometry, CpuMemory.Pointer<T>(input), CpuMemory.Pointer<T>(offset), mask is null ? null : CpuMemory.Pointer<T>(mask));

    // N x D x h x w to N x h x w x D.
    private static Tensor PlaceByPlace(Tensor planes) => planes.detach().permute(0, 2, 3, 1).contiguous();

    private Tensor PlanesOf(Tensor rows, long channels, int height, int width) =>
        rows.view(geometry.Images, height, width, channels).permute(0, 3, 1, 2);

    // O x C/g x h x w to g x (taps x C/g) x O/g.
    private Tensor Kernel(Tensor weight) =>
        weight
            .detach()
            .reshape(geometry.Groups, geometry.Outputs / geometry.Groups, geometry.Channels / geometry.Groups, geometry.Taps)
            .permute(0, 3, 2, 1)
            .reshape(geometry.Groups, geometry.Samples / geometry.Groups, geometry.Outputs / geometry.Groups);

    private Tensor WeightOf(Tensor kernel, long[] shape) =>
        kernel
            .view(geometry.Groups, geometry.Taps, geometry.Channels / geometry.Groups, geometry.Outputs / geometry.Groups)
            .permute(0, 3, 2, 1)
            .reshape(shape);

    // B x (taps x C), of which each group has a part of every tap's channels, as g x B x (taps x C/g).
    private Tensor ByGroup(Tensor samples) =>
        samples
            .view(samples.shape[0], geometry.Taps, geometry.Groups, geometry.Channels / geometry.Groups)
            .permute(2, 0, 1, 3)
            .reshape(geometry.Groups, samples.shape[0], geometry.Samples / geometry.Groups);

    private Tensor OutputsByGroup(Tensor rows) =>
        rows.view(rows.shape[0], geometry.Groups, geometry.Outputs / geometry.Groups).transpose(0, 1);

    private void Multiply(Tensor samples, Tensor kernel, Tensor rows)
    {
        if (geometry.Groups == 1)
        {
            rows.addmm_(samples, kernel[0], beta: 0, alpha: 1);
            return;
        }

        OutputsByGroup(rows).copy_(ByGroup(samples).bmm(kernel));
    }

    private void MultiplyBack(Tensor rows, Tensor kernel, Tensor samples)
    {
        if (geometry.Groups == 1)
        {
            samples.addmm_(rows, kernel[0].t(), beta: 0, alpha: 1);
            return;
        }

        samples
            .view(samples.shape[0], geometry.Taps, geometry.Groups, geometry.Channels / geometry.Groups)
            .permute(2, 0, 1, 3)
            .copy_(
                OutputsByGroup(rows)
                    .bmm(kernel.transpose(1, 2))
                    .view(geometry.Groups, samples.shape[0], geometry.Taps, geometry.Channels / geometry.Groups)
            );
    }

    private void AddProducts(Tensor samples, Tensor rows, Tensor kernelGradient)
    {
        if (geometry.Groups == 1)
        {
            kernelGradient[0].addmm_(samples.t(), rows, beta: 1, alpha: 1);
            return;
        }

        kernelGradient.PlusInPlace(ByGroup(samples).transpose(1, 2).bmm(OutputsByGroup(rows)));
    }
}
