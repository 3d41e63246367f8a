using DetectorDsl.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DetectorDsl.Training.Optimization;

/// <summary>What happens to gradients between backward and step.</summary>
public static class Gradients
{
    /// <summary>Norm of all gradients together; never copied to the host.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <returns>A scalar on their device; not finite where any gradient is not.</returns>
    public static Tensor Norm(IEnumerable<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var norms = parameters
            .Select(parameter => parameter.grad)
            .Where(gradient => gradient is not null)
            .Select(gradient => gradient!.norm())
            .ToList();
        return (norms.Count == 0 ? zeros(1).squeeze(0) : stack(norms).norm()).MoveToOuterDisposeScope();
    }

    /// <summary>Scales gradients down so that their norm stays within a bound.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="norm">The norm of all gradients, from <see cref="Norm" />.</param>
    /// <param name="maxNorm">The bound; 0 or less leaves the gradients as they are.</param>
    public static void Clip(IEnumerable<Parameter> parameters, Tensor norm, double maxNorm)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(norm);
        if (maxNorm <= 0)
        {
            return;
        }

        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var factor = norm.Plus(1e-6).Dividing(maxNorm).clamp(max: Scalars.Of(1));
        foreach (var parameter in parameters)
        {
            parameter.grad?.mul_(factor);
        }
    }

    /// <summary>Whether a loss or a norm is not finite, as a number that optimizers take.</summary>
    /// <param name="loss">The loss, a scalar.</param>
    /// <param name="norm">The norm of the gradients.</param>
    /// <returns>One number on their device: 1 where either is not finite, else 0.</returns>
    public static Tensor NonFinite(Tensor loss, Tensor norm)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        return loss.detach().Plus(norm).isfinite().logical_not().to(ScalarType.Float32).reshape(1).MoveToOuterDisposeScope();
    }
}
