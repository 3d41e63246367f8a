using DetectorDsl.Generators.Models;

namespace DetectorDsl.Generators.Resolving;

/// <summary>All declarations that another can derive from, this compilation's and those of referenced assemblies.</summary>
internal sealed class DetectorCatalog
{
    private readonly Dictionary<string, DetectorDefinition> definitions;
    private readonly HashSet<string> own;
    private readonly ILookup<string, string> ownIgnoringCase;
    private readonly Dictionary<string, string> ownersOfNames;

    private DetectorCatalog(Dictionary<string, DetectorDefinition> definitions, HashSet<string> own, Library library)
    {
        this.definitions = definitions;

        // A record of proper form comes before one whose name is only written like it.
        ownersOfNames = own.Select(name => definitions[name])
            .GroupBy(Written, StringComparer.Ordinal)
            .ToDictionary(
                static group => group.Key,
                static group =>
                    group
                        .OrderBy(static definition => definition.Name != definition.WrittenName)
                        .ThenBy(static definition => definition.FullName, StringComparer.Ordinal)
                        .First()
                        .FullName,
                StringComparer.Ordinal
            );
        this.own = own;
        ownIgnoringCase = own.OrderBy(name => name, StringComparer.Ordinal).ToLookup(name => name, StringComparer.OrdinalIgnoreCase);
        Library = library;
    }

    public Library Library { get; }

    public static DetectorCatalog Create(IEnumerable<DetectorDefinition> own, Library library)
    {
        var definitions = new Dictionary<string, DetectorDefinition>(library.Detectors);
        var names = new HashSet<string>();
        foreach (var definition in own)
        {
            definitions[definition.FullName] = definition;
            names.Add(definition.FullName);
        }

        return new DetectorCatalog(definitions, names, library);
    }

    public DetectorDefinition? Find(string fullName) => definitions.TryGetValue(fullName, out var definition) ? definition : null;

    /// <summary>Whether a declaration is of this compilation, so that what is wrong with it is said here.</summary>
    public bool IsOwn(string fullName) => own.Contains(fullName);

    /// <summary>Whether a declaration's types are the only ones of their names.</summary>
    public bool OwnsItsName(DetectorDefinition definition) => ownersOfNames[Written(definition)] == definition.FullName;

    private static string Written(DetectorDefinition definition) => $"{definition.Namespace}.{definition.WrittenName}";

    /// <summary>A declaration of this compilation whose name, case ignored, is the same, and which comes before; null for none.</summary>
    public string? Namesake(string fullName) => ownIgnoringCase[fullName].First() is var first && first != fullName ? first : null;
}
