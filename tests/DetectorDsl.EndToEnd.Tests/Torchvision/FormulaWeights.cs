using System.Text;
using System.Text.Json;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Weights.Naming;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Torchvision;

/// <summary>Weights of a reference case: each tensor follows from torchvision's name for it by a formula, and comes into the model by the generated table of names.</summary>
internal sealed class FormulaWeights(JsonElement reference, ModelNames names)
{
    private readonly (string End, double Gain)[] gains =
    [
        .. reference.GetProperty("gains").EnumerateArray().Select(gain => (gain[0].GetString()!, gain[1].GetDouble())),
    ];

    /// <summary>Fills a model, whatever its precision.</summary>
    public void Fill(nn.Module model)
    {
        using var untracked = no_grad();
        foreach (var (name, target) in model.state_dict().Where(tensor => tensor.Value.is_floating_point()))
        {
            using var scope = NewDisposeScope();
            var (layer, ending) = Find(name);
            var file = Value(
                $"{layer.Torchvision}{ending}",
                [layer.TorchvisionRows.FileRows(target.shape[0])!.Value, .. target.shape[1..]]
            );
            target.copy_(layer.TorchvisionRows.Take(file, names.CategoryIds));
        }
    }

    /// <summary>The gradient of the parameter that torchvision calls so, its rows in torchvision's order.</summary>
    public Tensor Gradient(nn.Module model, string name)
    {
        var parameters = model
            .named_parameters()
            .Where(parameter => Find(parameter.name) is var (layer, ending) && $"{layer.Torchvision}{ending}" == name)
            .ToList();
        var own = Assert.Single(parameters);
        Assert.NotNull(own.parameter.grad);
        return Find(own.name).Layer.TorchvisionRows.Put(own.parameter.grad!)!;
    }

    /// <summary>A tensor of a reference case by its name.</summary>
    public Tensor Value(string name, long[] shape)
    {
        if (reference.GetProperty("overrides").TryGetProperty(name, out var given))
        {
            return tensor(given.Numbers(), shape).to(ScalarType.Float32);
        }

        var isWeight = name.EndsWith("weight", StringComparison.Ordinal);
        if (
            name.EndsWith("running_mean", StringComparison.Ordinal)
            || name.EndsWith("running_var", StringComparison.Ordinal)
            || name.Contains(".bn", StringComparison.Ordinal)
            || name.Contains("downsample.1.", StringComparison.Ordinal)
            || (isWeight && shape.Length == 1)
        )
        {
            return isWeight || name.EndsWith("running_var", StringComparison.Ordinal) ? ones(shape) : zeros(shape);
        }

        var gain = gains.FirstOrDefault(candidate => name.EndsWith(candidate.End, StringComparison.Ordinal)) is { End: not null } found
            ? found.Gain
            : 1;
        var bound = shape.Length == 1 ? 0.05 : gain * Math.Sqrt(6.0 / shape.Skip(1).Aggregate(1L, (product, side) => product * side));
        return Filling.Fill((Hash(name) + reference.GetProperty("salt").GetInt64()) % (1L << 32), shape, -bound, bound, ScalarType.Float32);
    }

    private (LayerNames Layer, string Ending) Find(string name)
    {
        var layer = Assert.Single(names.Layers, layer => name.StartsWith(layer.Own + ".", StringComparison.Ordinal));
        return (layer, name[layer.Own.Length..]);
    }

    /// <summary>FNV-1a in 32 bits.</summary>
    public static uint Hash(string name) =>
        Encoding.ASCII.GetBytes(name).Aggregate(0x811c9dc5u, (hash, value) => unchecked((hash ^ value) * 0x01000193u));
}
