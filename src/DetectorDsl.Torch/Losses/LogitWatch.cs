using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Hands logits on unchanged and sees the gradient that comes back.</summary>
internal sealed class LogitWatch : autograd.SingleTensorFunction<LogitWatch>
{
    /// <inheritdoc />
    public override string Name => nameof(LogitWatch);

    /// <param name="logits">The logits.</param>
    /// <param name="labels">Labels, which live as long as the gradient is awaited.</param>
    /// <param name="see">Is given the gradient, of the logits' shape, and the labels; keeps neither.</param>
    /// <returns>The logits, to be used in their place.</returns>
    public static Tensor Apply(Tensor logits, Tensor labels, Action<Tensor, Tensor> see)
    {
        if (!is_grad_enabled() || !logits.requires_grad)
        {
            return logits;
        }

        // The library keeps a second handle and an empty tensor of the output's size beside the result.
        using var scope = NewDisposeScope();
        return apply(logits, labels, see).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.save_for_backward([(Tensor)vars[1]]);
        ctx.save_data("see", vars[2]);
        ctx.set_materialize_grads(false);
        return ((Tensor)vars[0]).clone();
    }

    /// <inheritdoc />
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        if (grad_output.IsInvalid)
        {
            return [null!, null!, null!];
        }

        using var labels = ctx.get_saved_variables()[0];
        ((Action<Tensor, Tensor>)ctx.get_data("see"))(grad_output, labels);
        return [grad_output.alias(), null!, null!];
    }
}
