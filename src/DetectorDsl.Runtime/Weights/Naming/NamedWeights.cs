using System.Collections.Immutable;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Weights.Naming;

/// <summary>A weights file under the names, and in the layout, of a model: other software's names are translated, whatever has no counterpart keeps its own.</summary>
public sealed class NamedWeights : WeightsFile
{
    private readonly WeightsFile file;
    private readonly ModelNames names;
    private readonly ImmutableSortedDictionary<string, Place> places;

    private NamedWeights(WeightsFile file, ModelNames names, NamingScheme naming, bool isBackboneAlone, ImmutableSortedDictionary<string, Place> places)
    {
        (this.file, this.names, this.places) = (file, names, places);
        (Naming, IsBackboneAlone) = (naming, isBackboneAlone);
    }

    /// <summary>Whose names the file bears.</summary>
    public NamingScheme Naming { get; }

    /// <summary>Whether the file holds a backbone alone, as pretraining leaves it.</summary>
    public bool IsBackboneAlone { get; }

    /// <inheritdoc />
    public override IEnumerable<string> TensorNames => places.Keys;

    /// <inheritdoc />
    public override ImmutableSortedDictionary<string, string> Metadata => file.Metadata;

    /// <summary>Reads a file through a model's names.</summary>
    /// <param name="file">The file.</param>
    /// <param name="names">The model's names.</param>
    /// <param name="naming">Whose names the file bears; null (default) takes those under which most of its tensors have a place in the model.</param>
    /// <returns>The same tensors under the model's names.</returns>
    public static NamedWeights Of(WeightsFile file, ModelNames names, NamingScheme? naming = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(names);
        var tensors = file.TensorNames.ToList();
        var (best, isAlone, layers) = (naming is null ? NamingScheme.All : [naming])
            .SelectMany(candidate => new[] { (Naming: candidate, IsAlone: false, Layers: Layers(candidate, names, "")), (Naming: candidate, IsAlone: true, Layers: Layers(candidate, names, candidate.BackbonePrefix)) })
            .MaxBy(candidate => tensors.Count(tensor => candidate.Layers.ContainsKey(Split(tensor).Layer)));
        var places = ImmutableSortedDictionary.CreateBuilder<string, Place>(StringComparer.Ordinal);
        List<string> foreign = [];
        foreach (var tensor in tensors)
        {
            var (layer, value) = Split(tensor);
            if (!layers.TryGetValue(layer, out var found) || !places.TryAdd($"{found.Own}.{value}", new Place(tensor, found)))
            {
                foreign.Add(tensor);
            }
        }

        foreach (var tensor in foreign)
        {
            places.TryAdd(tensor, new Place(tensor, null));
        }

        return new NamedWeights(file, names, best, isAlone, places.ToImmutable());
    }

    /// <inheritdoc />
    public override (ScalarType Type, ImmutableArray<long> Shape) Describe(string name)
    {
        var (tensor, layer) = places.TryGetValue(name, out var place) ? place : new Place(name, null);
        var (type, shape) = file.Describe(tensor);
        return layer is not null && shape.Length > 0 && Naming.RowsOf(layer) is var order && order != RowOrder.Same && order.Rows(shape[0], names.CategoryIds) is { } rows
            ? (type, shape.SetItem(0, rows.Length))
            : (type, shape);
    }

    /// <inheritdoc />
    public override Tensor Read(string name)
    {
        var (tensor, layer) = places.TryGetValue(name, out var place) ? place : new Place(name, null);
        var value = file.Read(tensor);
        if (layer is null)
        {
            return value;
        }

        using (value)
        {
            return Naming.RowsOf(layer).Take(value, names.CategoryIds);
        }
    }

    private static Dictionary<string, LayerNames> Layers(NamingScheme naming, ModelNames names, string prefix)
    {
        var layers = new Dictionary<string, LayerNames>(StringComparer.Ordinal);
        foreach (var layer in names.Layers)
        {
            foreach (var name in naming.NamesOf(layer).Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                layers.TryAdd(name[prefix.Length..], layer);
            }
        }

        return layers;
    }

    private static (string Layer, string Tensor) Split(string name) => name.LastIndexOf('.') is var dot and >= 0 ? (name[..dot], name[(dot + 1)..]) : ("", name);

    private readonly record struct Place(string Tensor, LayerNames? Layer);
}
