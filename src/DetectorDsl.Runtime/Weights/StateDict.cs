using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Weights;

/// <summary>A module's parameters and buffers by name, to and from files.</summary>
public static class StateDict
{
    /// <summary>Copies values into the module where name and shape fit.</summary>
    /// <param name="module">The module, on any device.</param>
    /// <param name="source">The file.</param>
    /// <param name="prefix">Put before the module's names to find them in the file; empty by default.</param>
    /// <returns>What was loaded, what differs in shape, what the file lacks and what it holds beside.</returns>
    public static LoadReport Load(nn.Module module, WeightsFile source, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(source);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var available = source.TensorNames.ToHashSet(StringComparer.Ordinal);
        List<string> loaded = [], resized = [], missing = [];
        foreach (var (name, target) in module.state_dict())
        {
            var key = prefix + name;
            if (!available.Remove(key))
            {
                missing.Add(name);
                continue;
            }

            using var value = source.Read(key);
            if (!value.shape.SequenceEqual(target.shape))
            {
                resized.Add($"{name}: file [{string.Join(", ", value.shape)}], model [{string.Join(", ", target.shape)}]");
                continue;
            }

            target.copy_(value);
            loaded.Add(name);
        }

        return new LoadReport(loaded, resized, missing, [.. available.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]);
    }
}
