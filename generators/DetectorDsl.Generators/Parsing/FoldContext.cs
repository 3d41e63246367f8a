using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Parsing;

/// <summary>What the folding of one type's members shares: the compilation, and what was found wrong.</summary>
internal sealed class FoldContext(INamedTypeSymbol type, SemanticModel model, CancellationToken cancellation)
{
    private readonly Dictionary<SyntaxTree, SemanticModel> models = new() { [model.SyntaxTree] = model };
    private readonly Dictionary<ISymbol, bool> published = new(SymbolEqualityComparer.Default);
    private readonly List<Problem> problems = [];

    public INamedTypeSymbol Type { get; } = type;

    public string TypeName { get; } = type.FullMetadataName;

    public CancellationToken Cancellation { get; } = cancellation;

    public EquatableArray<Problem> Problems => problems.ToEquatableArray();

    public bool HasProblems => problems.Count > 0;

    /// <summary>Whether a symbol's syntax may be asked of this compilation; one of a project reference has syntax, too, but of another.</summary>
    public bool Owns(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, model.Compilation.Assembly);

    public SemanticModel ModelOf(SyntaxTree tree)
    {
        if (!models.TryGetValue(tree, out var found))
            models[tree] = found = model.Compilation.GetSemanticModel(tree);
        return found;
    }

    /// <summary>Whether the assembly of a type that is not of this compilation says what it holds.</summary>
    public bool IsPublished(ITypeSymbol foreign)
    {
        if (!published.TryGetValue(foreign.ContainingAssembly, out var isPublished))
            published[foreign.ContainingAssembly] = isPublished = foreign.ContainingAssembly.HasAttribute(WellKnownNames.SpecAttribute);
        return isPublished;
    }

    public bool ConvertsImplicitly(ITypeSymbol from, ITypeSymbol to) => model.Compilation.ClassifyCommonConversion(from, to).IsImplicit;

    /// <summary>A property of the type or of a base; the case of the first letter is ignored, unless it is asked for exactly.</summary>
    public IPropertySymbol? FindProperty(string name, bool exactly = false)
    {
        if (!exactly && name.Length > 0)
            name = char.ToUpperInvariant(name[0]) + name.Substring(1);
        for (var current = Type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false } property)
                    return property;
            }
        }

        return null;
    }

    public bool CanName(ITypeSymbol other) => model.Compilation.IsSymbolAccessibleWithin(other, Type);

    /// <summary>Names of types beside this one, of whatever assembly, that are those of the library's types or of types that are to be generated.</summary>
    public IEnumerable<string> TakenNames() => model.Compilation.GetCompilationNamespace(Type.ContainingNamespace) is { } space
        ? ShortNames.All.Concat(GeneratedNames.Of(Type.Name)).Where(name => !space.GetTypeMembers(name).IsEmpty).OrderBy(static name => name, StringComparer.Ordinal)
        : [];

    public void Report(Problem problem) => problems.Add(problem);
}
