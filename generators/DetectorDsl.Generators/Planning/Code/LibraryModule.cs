using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Shapes;

namespace DetectorDsl.Generators.Planning.Code;

/// <summary>Which class of the runtime does the work of which component of the vocabulary, and how it is made.</summary>
/// <param name="Component">Metadata name of the component.</param>
/// <param name="Type">The class as generated code spells it.</param>
/// <param name="Arguments">The constructor's arguments.</param>
internal sealed record LibraryModule(string Component, string Type, Func<ModuleArguments, IEnumerable<string>> Arguments)
{
    /// <summary>The method that makes it where its first values are not the constructor's own; else its constructor does.</summary>
    public string Maker { get; init; } = $"new {Type}";

    /// <summary>Buffers that it registers, by the number of classes; none by default.</summary>
    public Func<int, IEnumerable<StateTensor>> Buffers { get; init; } = static _ => [];

    public ObjectCode Make(ModuleArguments arguments) => new(Type, $"{Maker}({string.Join(", ", Arguments(arguments))})");

    /// <summary>A module whose constructor takes the named properties, in camel case, after what the surroundings give.</summary>
    public static LibraryModule Plain(string component, string type, IEnumerable<string> given, params string[] properties) =>
        new(component, type, arguments => given.Select(arguments.Passed).Concat(properties.Select(arguments.Named)));
}

/// <summary>Writes the arguments of one construction.</summary>
internal sealed class ModuleArguments(ComponentValue component, Surroundings surroundings, TrainerOptionNames options)
{
    public ComponentValue Component => component;

    /// <summary>What the surroundings offer under a name.</summary>
    public string Given(string name) =>
        surroundings.TryGet(name, out var offer)
            ? offer
            : throw new InvalidOperationException($"{component.Name} is made where no '{name}' is at hand.");

    /// <summary>The same as an argument, named unless its expression is the name already.</summary>
    public string Passed(string name) => Given(name) is var expression && expression == name ? name : $"{name}: {Given(name)}";

    /// <summary>A property's value: the option where the trainer has one, else the literal.</summary>
    public string Value(string property) => options.Expression(component, property) ?? Literal(property);

    private string Literal(string property) =>
        component.Info.Properties.FirstOrDefault(candidate => candidate.Name == property) is { } known
            ? ValueCode.Of(component[property], known.Type)
            : ValueCode.Of(component[property]);

    /// <summary>A property as a named argument.</summary>
    public string Named(string property) => $"{ModuleParameterName(property)}: {Value(property)}";

    public static string ModuleParameterName(string property) => char.ToLowerInvariant(property[0]) + property.Substring(1);
}
