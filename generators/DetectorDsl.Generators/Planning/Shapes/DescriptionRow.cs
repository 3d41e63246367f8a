using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Shapes;

/// <summary>A line of a model's description: a part under its name in the model, what it is, the shape it yields, and the layers that it stands for under their names in the model.</summary>
internal sealed record DescriptionRow(string Name, string Kind, string Shape, EquatableArray<NamedLayer> Layers)
{
    /// <summary>Tensors under their names in the state dict.</summary>
    public IEnumerable<StateTensor> Tensors =>
        Layers
            .SelectMany(static layer => layer.Leaves(""))
            .SelectMany(static leaf => leaf.Layer.Tensors.Select(tensor => tensor.Under(leaf.Name)));

    /// <summary>Learnable numbers; statistics and counts are none.</summary>
    public long Parameters => Tensors.Where(static tensor => tensor.IsLearnt).Sum(static tensor => tensor.Count);

    /// <summary>Multiply-adds for one image.</summary>
    public long MultiplyAdds => Layers.Sum(static layer => layer.Layer.MultiplyAdds);

    /// <summary>Whether parameters and work are known; those of modules of the user's own are not.</summary>
    public bool IsKnown => Layers.All(static layer => layer.Layer.IsKnown);
}
