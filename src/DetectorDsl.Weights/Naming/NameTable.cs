namespace DetectorDsl.Weights.Naming;

/// <summary>The layers of a model by the names that one software gives them.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, LayerNames> layers = new(StringComparer.Ordinal);

    private NameTable(NamingScheme naming, ModelNames names, string prefix, string ownPrefix, string title)
    {
        (Naming, OwnPrefix, Title) = (naming, ownPrefix, title);
        foreach (var layer in names.Layers)
        {
            foreach (var name in naming.NamesOf(layer).Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                layers.TryAdd(name[prefix.Length..], layer);
            }
        }
    }

    /// <summary>Whose names they are.</summary>
    public NamingScheme Naming { get; }

    /// <summary>What the model's names begin with wherever such a file's do not say it.</summary>
    public string OwnPrefix { get; }

    /// <summary>The names in words.</summary>
    public string Title { get; }

    /// <summary>Of files that hold a whole model.</summary>
    public static NameTable OfModel(NamingScheme naming, ModelNames names) => new(naming, names, "", "", $"{naming}'s names");

    /// <summary>Of files that hold a backbone alone, as pretraining leaves it.</summary>
    public static NameTable OfBackbone(NamingScheme naming, ModelNames names) =>
        new(
            naming,
            names,
            naming.BackbonePrefix,
            NamingScheme.Mmdetection.BackbonePrefix,
            $"a backbone's names alone, as {naming} gives them"
        );

    /// <summary>How many of a file's tensors have a place in the model.</summary>
    public int Count(IEnumerable<string> tensors) => tensors.Count(tensor => Find(tensor) is not null);

    /// <summary>Name and layer in the model of a file's tensor; null where there is no such layer.</summary>
    public (string Own, LayerNames Layer)? Find(string tensor)
    {
        var dot = tensor.LastIndexOf('.');
        return dot >= 0 && layers.TryGetValue(tensor[..dot], out var layer) ? (layer.Own + tensor[dot..], layer) : null;
    }
}
