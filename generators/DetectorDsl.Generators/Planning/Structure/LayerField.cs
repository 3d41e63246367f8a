using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>What a module registers under one name: a layer, several of them, or what one of its properties holds.</summary>
/// <param name="Name">The name, in the state dict and of the field.</param>
/// <param name="Code">The field's type, and what it is set to but for the items.</param>
/// <param name="Layers">The layers, named below it.</param>
internal sealed record LayerField(string Name, ObjectCode Code, EquatableArray<NamedLayer> Layers)
{
    /// <summary>Expressions of what is listed, each on a line of its own.</summary>
    public EquatableArray<string> Items { get; init; } = [];

    /// <summary>The condition under which it is there; null where it always is.</summary>
    public string? Condition { get; init; }

    /// <summary>Whether a property of the module holds it rather than a field.</summary>
    public bool IsProperty { get; init; }

    /// <summary>A single layer.</summary>
    public static LayerField Of(string name, Layer layer) => new(name, layer.Code, [new("", layer)]);

    /// <summary>Layers of one class in a list, which may be empty.</summary>
    public static LayerField List(string name, string type, IEnumerable<Layer> layers)
    {
        var items = layers.Select(static (layer, index) => new NamedLayer($"{index}", layer)).ToEquatableArray();
        var maker = items.Count == 0 ? $"ModuleList<{type}>()" : "ModuleList";
        return new(name, new($"{Modules}ModuleList<{type}>", maker), items)
        {
            Items = items.Select(static item => item.Layer.Code.Construction).ToEquatableArray(),
        };
    }

    /// <summary>Blocks one after the other.</summary>
    public static LayerField Sequence(string name, IEnumerable<Layer> layers)
    {
        var items = layers.Select(static (layer, index) => new NamedLayer($"{index}", layer)).ToEquatableArray();
        return new(name, new($"{Modules}Sequential", "Sequential"), items)
        {
            Items = items.Select(static item => $"(\"{item.Name}\", {item.Layer.Code.Construction})").ToEquatableArray(),
        };
    }

    /// <summary>A loss that a property of the module holds.</summary>
    public static LayerField Property(string name, string property, Layer layer) =>
        new(name, new(layer.Code.Type, property), [new("", layer)]) { IsProperty = true };
}
