using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>The layers of a module in the order in which it registers them: their only statement, from which all that is said of them follows.</summary>
/// <param name="Place">The module's name in the model.</param>
/// <param name="Fields">What it registers.</param>
internal sealed record ModuleLayers(string Place, EquatableArray<LayerField> Fields)
{
    /// <summary>What it registers, under their names in the model; losses are no layers.</summary>
    public IEnumerable<NamedLayer> Layers => All.Where(static named => !IsLoss(named));

    /// <summary>Layers with tensors of their own, under their names in the model.</summary>
    public IEnumerable<NamedLeaf> Leaves => Layers.SelectMany(static named => named.Leaves(""));

    /// <summary>A row of the description for each layer, or for each of a list.</summary>
    public IEnumerable<DescriptionRow> Rows => Layers.SelectMany(static named => named.Layer.Rows(named.Name));

    /// <summary>Rows of its losses, for the state dict.</summary>
    public IEnumerable<DescriptionRow> Losses => All.Where(IsLoss).SelectMany(static named => named.Layer.Rows(named.Name));

    /// <summary>What a template prints of it.</summary>
    public StructureCode Code => StructureCode.Of(Fields);

    private IEnumerable<NamedLayer> All => Fields.SelectMany(entry => entry.Layers.Select(layer => layer.Under(entry.Name).Under(Place)));

    /// <summary>A row that stands for several layers.</summary>
    /// <param name="name">The row's name.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="shape">The shape that it yields.</param>
    /// <param name="layers">Names of the layers below the module.</param>
    public DescriptionRow Row(string name, string kind, string shape, params IEnumerable<string> layers) =>
        new(
            $"{Place}.{name}",
            kind,
            shape,
            layers.Select(layer => Layers.Single(named => named.Name == $"{Place}.{layer}")).ToEquatableArray()
        );

    private static bool IsLoss(NamedLayer named) => named.Layer is LossLayer;
}
