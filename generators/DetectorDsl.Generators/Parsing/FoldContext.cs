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
        {
            models[tree] = found = model.Compilation.GetSemanticModel(tree);
        }
        return found;
    }

    /// <summary>Whether the assembly of a type that is not of this compilation says what it holds.</summary>
    public bool IsPublished(ITypeSymbol foreign)
    {
        if (!published.TryGetValue(foreign.ContainingAssembly, out var isPublished))
        {
            published[foreign.ContainingAssembly] = isPublished = foreign.ContainingAssembly.HasAttribute(WellKnownNames.SpecAttribute);
        }
        return isPublished;
    }

    public bool ConvertsImplicitly(ITypeSymbol from, ITypeSymbol to) => model.Compilation.ClassifyCommonConversion(from, to).IsImplicit;

    /// <summary>A property of the type or of a base; the case of the first letter is ignored, unless it is asked for exactly.</summary>
    public IPropertySymbol? FindProperty(string name, bool exactly = false) =>
        PropertyNamed(name) ?? (exactly || name.Length == 0 ? null : PropertyNamed(char.ToUpperInvariant(name[0]) + name.Substring(1)));

    /// <summary>A type by its metadata name, of one dimension where <c>[]</c> follows; null where nothing that is referenced has it.</summary>
    public ITypeSymbol? FindType(string metadataName) =>
        metadataName.EndsWith("[]", StringComparison.Ordinal)
            ? FindType(metadataName.Substring(0, metadataName.Length - 2)) is { } item
                ? model.Compilation.CreateArrayTypeSymbol(item)
                : null
            : model.Compilation.GetTypeByMetadataName(metadataName);

    public bool CanName(ITypeSymbol other) => model.Compilation.IsSymbolAccessibleWithin(other, Type);

    /// <summary>Names of types and namespaces beside this one, of whatever assembly, that are those of types that are to be generated.</summary>
    public EquatableArray<string> TakenNames() =>
        model.Compilation.GetCompilationNamespace(Type.ContainingNamespace) is { } space
            ? GeneratedNames
                .Of(Type.Name)
                .Where(name => space.GetMembers(name).Any())
                .OrderBy(static name => name, StringComparer.Ordinal)
                .ToEquatableArray()
            : [];

    /// <summary>Names of types and namespaces beside this one that are those of what generated code imports.</summary>
    public EquatableArray<HiddenName> HiddenNames() => NameClashes.In(Type.ContainingNamespace, model.Compilation);

    /// <summary>Whether the compiler itself reports an error within a piece of code.</summary>
    public bool HasCompilerError(SyntaxNode syntax) =>
        ModelOf(syntax.SyntaxTree)
            .GetDiagnostics(syntax.Span, Cancellation)
            .Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && syntax.Span.Contains(diagnostic.Location.SourceSpan));

    public void Report(Problem problem) => problems.Add(problem);

    private IPropertySymbol? PropertyNamed(string name)
    {
        for (var current = Type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false } property)
                {
                    return property;
                }
            }
        }

        return null;
    }
}
