using DetectorDsl.Weights.Naming;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Weights;

/// <summary>A module's parameters and buffers by name, to and from files.</summary>
public static class StateDict
{
    private const string BackbonePrefix = "backbone.";

    /// <summary>Copies values into the module where name and shape fit.</summary>
    /// <param name="module">The module, on any device.</param>
    /// <param name="source">The file.</param>
    /// <param name="prefix">Put before the module's names to find them in the file; empty by default.</param>
    /// <returns>What was loaded, what differs in shape, what the file lacks and what it holds beside.</returns>
    /// <exception cref="WeightsException">The file is damaged, or a tensor that was copied holds values that are not finite.</exception>
    public static LoadReport Load(nn.Module module, WeightsFile source, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(source);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var available = source.TensorNames.ToHashSet(StringComparer.Ordinal);
        List<string> missing = [];
        var loaded = new OrderedDictionary<string, Tensor>(StringComparer.Ordinal);
        List<ShapeDifference> resized = [];
        foreach (var (name, target) in module.state_dict())
        {
            var key = prefix + name;
            if (!available.Remove(key))
            {
                if (!IsCounter(name))
                {
                    missing.Add(name);
                }
            }
            else if (source.Describe(key).Shape is var shape && !shape.AsSpan().SequenceEqual(target.shape))
            {
                resized.Add(new ShapeDifference(name, shape, [.. target.shape]));
            }
            else
            {
                source.CopyTo(key, target);
                loaded.Add(name, target);
            }
        }

        // Such values can only come of a failure: a training that diverged, a damaged copy, another software's half precision.
        if (FiniteValues.FirstWithout(loaded) is { } bad)
        {
            throw new WeightsException(
                $"{source.Path}: tensor '{prefix}{bad}' holds values that are not finite (NaN or infinite), as a training that diverged or a damaged copy leaves them. Use weights from before."
            );
        }

        return new LoadReport(
            [.. loaded.Keys],
            resized,
            missing,
            [.. available.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
        );
    }

    /// <summary>Gives a backbone its first weights, from a file of a backbone alone (ImageNet's) or of a whole detector, under anyone's names.</summary>
    /// <param name="backbone">The backbone, on any device.</param>
    /// <param name="path">The file.</param>
    /// <param name="names">Names of the model that the backbone is a part of.</param>
    /// <returns>What was loaded and what was not.</returns>
    /// <exception cref="WeightsException">The file is missing or damaged, or holds nothing that fits the backbone.</exception>
    public static LoadReport LoadBackbone(nn.Module backbone, string path, ModelNames names)
    {
        using var file = NamedWeights.Open(new WeightsSource(path), names);
        var report = Load(backbone, file, BackbonePrefix) with { Naming = file.Title, Remarks = file.Remarks };
        return report.Loaded.Count > 0
            ? report
            : throw new WeightsException(
                $"{path}: holds nothing for this backbone: {report}. It holds, for example, '{file.TensorNames.FirstOrDefault()}'. Name a file with weights of a network of the same kind and depth."
            );
    }

    // Batches seen by a batch norm: of no consequence with a fixed momentum, and absent from files of frozen ones.
    private static bool IsCounter(string name) => name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);
}
