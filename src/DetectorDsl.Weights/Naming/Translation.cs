using System.Collections.Immutable;
using static TorchSharp.torch;

namespace DetectorDsl.Weights.Naming;

/// <summary>Weights of a model under other software's names and in its layout.</summary>
/// <param name="Tensors">Tensors by name, to be disposed.</param>
/// <param name="LeftOut">Names of the model for which such software has no place.</param>
public sealed record Translation(ImmutableArray<KeyValuePair<string, Tensor>> Tensors, ImmutableArray<string> LeftOut)
{
    /// <summary>Translates a file.</summary>
    /// <param name="weights">The file, read through the model's names.</param>
    /// <param name="names">The model's names.</param>
    /// <param name="target">Whose names to use; of several versions, the present one.</param>
    /// <returns>The tensors that have a place there.</returns>
    /// <exception cref="WeightsException">The file is damaged.</exception>
    public static Translation Of(WeightsFile weights, ModelNames names, NamingScheme target)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(target);
        var layers = names.Layers.ToDictionary(layer => layer.Own, StringComparer.Ordinal);
        var tensors = ImmutableArray.CreateBuilder<KeyValuePair<string, Tensor>>();
        var leftOut = ImmutableArray.CreateBuilder<string>();
        foreach (var own in weights.TensorNames)
        {
            var dot = own.LastIndexOf('.');
            if (dot < 0 || !layers.TryGetValue(own[..dot], out var layer) || target.NamesOf(layer).FirstOrDefault() is not { } name)
            {
                leftOut.Add(own);
                continue;
            }

            using var value = weights.Read(own);
            if (target.RowsOf(layer).Put(value) is { } placed)
            {
                tensors.Add(KeyValuePair.Create(name + own[dot..], placed));
            }
            else
            {
                leftOut.Add(own);
            }
        }

        return new Translation(tensors.ToImmutable(), leftOut.ToImmutable());
    }
}
