using DetectorDsl.Generators.Models;

namespace DetectorDsl.Generators.Planning.Code;

/// <summary>Which properties of which components the trainer offers as options, and under which name.</summary>
internal sealed class TrainerOptionNames
{
    private readonly Dictionary<(ComponentValue Component, string Property), string> names = [];

    public static TrainerOptionNames None { get; } = new();

    public void Add(ComponentValue component, string property, string name) => names[(component, property)] = name;

    /// <summary>How generated code reads the option; null where the property is none.</summary>
    public string? Expression(ComponentValue component, string property) =>
        names.TryGetValue((component, property), out var name) ? $"options.{name}" : null;
}
