using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.Shapes;

/// <summary>A line of a model's description: a part under its state-dict name, what it is, the shape it yields, what it holds and costs.</summary>
internal sealed record DescriptionRow(string Name, string Kind, string Shape, Cost Cost)
{
    /// <summary>A row of layers under their names in the model.</summary>
    public DescriptionRow(string name, string kind, string shape, IReadOnlyList<NamedLayer> layers)
        : this(name, kind, shape, Cost.Of(layers)) => Module = "";

    /// <summary>The module from which the cost's tensors are named: the row's own, unless it is a part of one or stands for several.</summary>
    public string Module { get; init; } = Name;

    /// <summary>The row's tensors under their names in the state dict.</summary>
    public IEnumerable<StateTensor> Tensors => Cost.At(Module).Tensors;
}
