using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>A loss whose gradient was computed together with its value.</summary>
internal sealed class PrecomputedGradient : autograd.SingleTensorFunction<PrecomputedGradient>
{
    /// <inheritdoc />
    public override string Name => nameof(PrecomputedGradient);

    /// <summary>Ties a value to the input that it depends on.</summary>
    /// <param name="input">The input.</param>
    /// <param name="value">The loss, a scalar without gradient.</param>
    /// <param name="gradient">Derivative of the value by the input, of the input's shape.</param>
    public static Tensor Attach(Tensor input, Tensor value, Tensor gradient) =>
        is_grad_enabled() && input.requires_grad ? apply(input, value, gradient) : value;

    /// <inheritdoc />
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.save_for_backward([(Tensor)vars[2]]);
        ctx.set_materialize_grads(false);
        return ((Tensor)vars[1]).clone();
    }

    /// <inheritdoc />
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        if (grad_output.IsInvalid)
        {
            return [null!, null!, null!];
        }

        using var gradient = ctx.get_saved_variables()[0];
        return [gradient * grad_output, null!, null!];
    }
}
