using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Code;

/// <summary>Which properties of which components the trainer offers as options, and under which name.</summary>
internal sealed class TrainerOptionNames
{
    private readonly Dictionary<(ComponentValue Component, string Property), string> names = [];
    private readonly HashSet<string> read = new(StringComparer.Ordinal);

    public void Add(ComponentValue component, string property, string name) => names[(component, property)] = name;

    /// <summary>How generated code reads the option; null where the property is none.</summary>
    public string? Expression(ComponentValue component, string property)
    {
        if (!names.TryGetValue((component, property), out var name))
        {
            return null;
        }

        read.Add(name);
        return $"options.{CSharpLiteral.Identifier(name)}";
    }

    /// <summary>Whether generated code reads an option. One that nothing reads, since another value takes its place, is not offered.</summary>
    public bool IsRead(string name) => read.Contains(name);
}
