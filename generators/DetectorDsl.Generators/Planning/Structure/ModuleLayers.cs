using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>The layers of a module in the order in which it registers them: their only statement, from which all that is said of them follows.</summary>
/// <param name="Place">The module's name in the model.</param>
/// <param name="Fields">What it registers.</param>
internal sealed record ModuleLayers(string Place, EquatableArray<LayerField> Fields)
{
    /// <summary>What it registers under their names in the model; losses are no layers.</summary>
    public IEnumerable<NamedLayer> Layers => All.Where(static named => !IsLoss(named));

    /// <summary>Its rows in the description: one for each layer, or for each of a list.</summary>
    public IEnumerable<DescriptionRow> Rows => Layers.SelectMany(static named => named.Layer.Rows(named.Name));

    /// <summary>Its losses, for the state dict.</summary>
    public IEnumerable<DescriptionRow> Losses => All.Where(IsLoss).SelectMany(static named => named.Layer.Rows(named.Name));

    /// <summary>What its layers are called elsewhere.</summary>
    public IEnumerable<LayerName> Names =>
        Layers.SelectMany(static named => named.Layer.Leaves(named.Name)).Select(static leaf => LayerName.Of(leaf));

    /// <summary>What a template prints of it.</summary>
    public StructureCode Code => StructureCode.Of(Fields);

    private IEnumerable<NamedLayer> All => Fields.SelectMany(entry => entry.Layers.Select(layer => layer.Under(entry.Name).Under(Place)));

    private static bool IsLoss(NamedLayer named) => named.Layer is LossLayer;
}
