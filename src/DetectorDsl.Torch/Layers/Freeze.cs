using DetectorDsl.Torch.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Layers;

/// <summary>Takes parts of a network out of training.</summary>
public static class Freeze
{
    /// <summary>Parameters get no gradient; batch norms run on running statistics from then on.</summary>
    /// <param name="modules">The parts.</param>
    public static void Parameters(params ReadOnlySpan<nn.Module> modules)
    {
        foreach (var module in modules)
        {
            foreach (var parameter in module.parameters())
            {
                parameter.requires_grad = false;
            }
        }
    }

    /// <summary>All parameters but those of some modules get no gradient.</summary>
    /// <param name="model">The model.</param>
    /// <param name="trained">Names of the modules that go on learning.</param>
    /// <exception cref="ArgumentException">The model has no module of such a name.</exception>
    public static void AllBut(nn.Module model, params IReadOnlyList<string> trained)
    {
        ArgumentNullException.ThrowIfNull(model);
        var names = model.named_modules().Select(item => item.name).ToHashSet(StringComparer.Ordinal);
        if (trained.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw new ArgumentException(
                $"There is no module '{unknown}' in the model; its parts are {string.Join(", ", model.named_children().Select(child => child.name))}.",
                nameof(trained)
            );
        }

        foreach (var (name, parameter) in model.named_parameters())
        {
            parameter.requires_grad = parameter.requires_grad && trained.Any(module => IsWithin(name, module));
        }
    }

    /// <summary>Puts all modules but some, those that they stand in, and losses into evaluation mode, as <c>train</c> puts all into training mode.</summary>
    /// <param name="model">The model.</param>
    /// <param name="trained">Names of the modules that go on learning.</param>
    public static void EvaluateAllBut(nn.Module model, params IReadOnlyList<string> trained)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var (name, module) in model.named_modules())
        {
            if (module is not ClassificationLoss && !trained.Any(other => other == name || IsWithin(name, other) || IsWithin(other, name)))
            {
                module.eval();
            }
        }
    }

    private static bool IsWithin(string name, string module) =>
        name.Length == 0 || module.Length == 0 || name.StartsWith(module + ".", StringComparison.Ordinal);
}
