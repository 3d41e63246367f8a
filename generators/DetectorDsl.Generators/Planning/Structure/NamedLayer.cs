namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>A layer and its name below the module that holds it, or in the model.</summary>
internal sealed record NamedLayer(string Name, Layer Layer)
{
    /// <summary>The layers with tensors of their own, from one module further up.</summary>
    public IEnumerable<NamedLeaf> Leaves(string module) => Layer.Leaves(Under(module).Name);

    /// <summary>The same layer, named from one module further up; neither name is needed where there is nothing in between.</summary>
    public NamedLayer Under(string module) =>
        this with
        {
            Name =
                Name.Length == 0 ? module
                : module.Length == 0 ? Name
                : $"{module}.{Name}",
        };
}

/// <summary>The same of a layer with tensors of its own.</summary>
internal sealed record NamedLeaf(string Name, LeafLayer Layer);
