using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Training.Optimization;

/// <summary>Changes parameters by their gradients, all of them in one call of a fused operator.</summary>
public abstract class Optimizer : IDisposable
{
    /// <summary>Takes the groups.</summary>
    /// <param name="groups">The parameters.</param>
    protected Optimizer(ImmutableArray<ParameterGroup> groups) => Groups = groups;

    /// <summary>The parameters.</summary>
    public ImmutableArray<ParameterGroup> Groups { get; }

    /// <summary>All parameters in order.</summary>
    public IEnumerable<(string Name, TorchSharp.Modules.Parameter Parameter)> Parameters => Groups.SelectMany(group => group.Parameters);

    /// <summary>Applies the gradients; parameters without one stay as they are.</summary>
    /// <param name="learningRate">The learning rate of this step; each group multiplies it by its own factor.</param>
    /// <param name="foundNonFinite">One number on the parameters' device: 1 skips the step, 0 or null applies it.</param>
    public abstract void Step(double learningRate, Tensor? foundNonFinite = null);

    /// <summary>State by name for checkpoints; the tensors stay the optimizer's.</summary>
    /// <returns>Name and tensor.</returns>
    public abstract IEnumerable<KeyValuePair<string, Tensor>> State();

    /// <summary>Takes over a state.</summary>
    /// <param name="read">Reads a tensor by name; null where there is none, which leaves that part as it is.</param>
    /// <exception cref="ArgumentException">A tensor has another shape than its parameter's.</exception>
    public abstract void LoadState(Func<string, Tensor?> read);

    /// <summary>Frees the gradients.</summary>
    public void ZeroGradients()
    {
        foreach (var (_, parameter) in Parameters)
        {
            parameter.grad = null;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Copies a part of the state.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="target">The optimizer's tensor.</param>
    /// <param name="value">The value; null leaves the tensor as it is.</param>
    private protected static void TakeOver(string name, Tensor target, Tensor? value)
    {
        if (value is null)
        {
            return;
        }

        if (!value.shape.SequenceEqual(target.shape))
        {
            throw new ArgumentException(
                $"The optimizer's state '{name}' is [{string.Join(", ", target.shape)}], the saved one [{string.Join(", ", value.shape)}]: it belongs to another model.",
                nameof(value)
            );
        }

        target.copy_(value);
    }

    /// <summary>Frees the state.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()" />.</param>
    protected abstract void Dispose(bool disposing);
}
