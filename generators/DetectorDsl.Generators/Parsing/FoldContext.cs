using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Parsing;

/// <summary>What the folding of one type's members shares: the compilation, and what was found wrong.</summary>
internal sealed class FoldContext(INamedTypeSymbol type, SemanticModel model, CancellationToken cancellation)
{
    private readonly Dictionary<SyntaxTree, SemanticModel> models = new() { [model.SyntaxTree] = model };
    private readonly List<Problem> problems = [];

    public INamedTypeSymbol Type { get; } = type;

    public string TypeName { get; } = type.FullMetadataName;

    public CancellationToken Cancellation { get; } = cancellation;

    public EquatableArray<Problem> Problems => problems.ToEquatableArray();

    public bool HasProblems => problems.Count > 0;

    /// <summary>Whether a symbol's syntax may be asked of this compilation; one of a project reference has syntax, too, but of another.</summary>
    public bool Owns(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, model.Compilation.Assembly);

    public INamedTypeSymbol? FindType(string fullMetadataName) => model.Compilation.GetTypeByMetadataName(fullMetadataName);

    public SemanticModel ModelOf(SyntaxTree tree)
    {
        if (!models.TryGetValue(tree, out var found))
            models[tree] = found = model.Compilation.GetSemanticModel(tree);
        return found;
    }

    public void Report(string id, Origin origin, params string[] arguments) => problems.Add(new Problem(id, origin, arguments.ToEquatableArray()));
}
