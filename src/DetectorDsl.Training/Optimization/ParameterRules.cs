using System.Collections.Immutable;
using DetectorDsl.Torch.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DetectorDsl.Training.Optimization;

/// <summary>Which parameters of a model get other factors of learning rate and weight decay: by their module, else by their kind.</summary>
/// <remarks>
/// A bias is a parameter of that name of a layer that neither normalises nor says where a <see cref="DeformableConv2d" /> samples. Source:
/// mmcv,
/// DefaultOptimizerConstructor.
/// </remarks>
public sealed class ParameterRules
{
    private static readonly ParameterFactors Plain = new();

    private readonly ParameterFactors biases;
    private readonly ParameterFactors norms;
    private readonly ParameterFactors deformableOffsets;
    private readonly ImmutableArray<(string Module, ParameterFactors Factors)> modules;

    /// <summary>Takes the factors.</summary>
    /// <param name="biases">Those of biases; null for 1.</param>
    /// <param name="norms">Those of weights and biases of normalisation layers; null for 1.</param>
    /// <param name="deformableOffsets">Those of the layers that say where deformable convolutions sample; null for 1.</param>
    /// <param name="modules">
    /// Those of modules by their names in the model (<c>backbone</c>) and all below them, whatever the kind of a parameter; of several the
    /// innermost decides. Null for none.
    /// </param>
    public ParameterRules(
        ParameterFactors? biases = null,
        ParameterFactors? norms = null,
        ParameterFactors? deformableOffsets = null,
        IReadOnlyList<(string Module, ParameterFactors Factors)>? modules = null
    )
    {
        (this.biases, this.norms, this.deformableOffsets) = (biases ?? Plain, norms ?? Plain, deformableOffsets ?? Plain);
        this.modules = [.. (modules ?? []).OrderByDescending(item => item.Module.Length)];
    }

    /// <summary>Every parameter has the factor 1.</summary>
    public static ParameterRules None { get; } = new();

    /// <summary>Tells the factors of a model's parameters.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The factors by a parameter's name in the model.</returns>
    internal Func<string, ParameterFactors> Of(nn.Module model)
    {
        var holders = new Dictionary<string, nn.Module>(StringComparer.Ordinal) { [""] = model };
        foreach (var (name, module) in model.named_modules())
        {
            holders[name] = module;
        }

        return name => OfModule(name) ?? OfKind(name, holders);
    }

    private ParameterFactors? OfModule(string name) =>
        modules.FirstOrDefault(item => name.StartsWith(item.Module + ".", StringComparison.Ordinal)).Factors;

    private ParameterFactors OfKind(string name, Dictionary<string, nn.Module> holders)
    {
        var holder = Holder(name);
        return holders[holder] switch
        {
            Torch.Layers.BatchNorm or NormBase or GroupNorm or LayerNorm => norms,
            _ when holder.Length > 0 && holders[Holder(holder)] is DeformableConv2d => deformableOffsets,
            _ => name[(name.LastIndexOf('.') + 1)..] == "bias" ? biases : Plain,
        };
    }

    private static string Holder(string name) => name[..Math.Max(0, name.LastIndexOf('.'))];
}
