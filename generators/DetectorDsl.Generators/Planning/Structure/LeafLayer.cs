using DetectorDsl.Generators.Planning.Shapes;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>A layer with tensors of its own.</summary>
internal abstract record LeafLayer : Layer
{
    /// <summary>How often its weights are applied to an image: cells of the maps that it yields, regions, or their product.</summary>
    public long Places { get; init; }

    public Activation Activation { get; init; }

    /// <summary>What other software calls it.</summary>
    public OtherNames Elsewhere { get; init; } = OtherNames.None;

    /// <summary>Whether the number of its rows follows from the number of classes.</summary>
    public bool IsPerClass { get; init; }

    /// <summary>Whether it reads the pixels.</summary>
    public bool TakesPixels { get; init; }

    /// <summary>Its tensors in the state dict, by their own names.</summary>
    public abstract IEnumerable<StateTensor> Tensors { get; }

    public sealed override IEnumerable<NamedLeaf> Leaves(string name) => [new NamedLeaf(name, this)];
}
