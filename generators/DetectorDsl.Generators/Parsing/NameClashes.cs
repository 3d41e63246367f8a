using System.Runtime.CompilerServices;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Finds the names of types and namespaces beside declarations that generated code would take for its own. Looked for once per namespace and compilation.</summary>
/// <remarks>
/// Generated files import within their namespace, so what lies in enclosing namespaces and in global using directives is found after their imports. In the global
/// namespace there is no such order: a type that a global using directive brings in would be ambiguous.
/// </remarks>
internal sealed class NameClashes
{
    private static readonly ConditionalWeakTable<Compilation, NameClashes> Known = new();
    private readonly Dictionary<string, EquatableArray<HiddenName>> hidden = new(StringComparer.Ordinal);
    private readonly Compilation compilation;
    private readonly List<INamespaceSymbol> namespaces;
    private readonly List<INamedTypeSymbol> staticClasses;

    private NameClashes(Compilation compilation)
    {
        this.compilation = compilation;
        namespaces = [.. Imports.Namespaces.Select(Namespace).OfType<INamespaceSymbol>()];
        staticClasses = [.. Imports.StaticClasses.Select(Class).OfType<INamedTypeSymbol>()];
    }

    /// <summary>The names beside a declaration in a namespace, in order.</summary>
    public static EquatableArray<HiddenName> In(INamespaceSymbol space, Compilation compilation)
    {
        var clashes = Known.GetValue(compilation, static compilation => new NameClashes(compilation));
        lock (clashes.hidden)
        {
            var path = space.FullName;
            if (!clashes.hidden.TryGetValue(path, out var found))
            {
                clashes.hidden[path] = found = clashes.Find(space);
            }
            return found;
        }
    }

    private EquatableArray<HiddenName> Find(INamespaceSymbol space)
    {
        var beside = compilation.GetCompilationNamespace(space)?.GetMembers() ?? [];
        var all = space.IsGlobalNamespace
            ? beside.Select(static member => (member.Name, (ISymbol)member)).Concat(GloballyImported())
            : beside.Select(static member => (member.Name, (ISymbol)member));
        return all.GroupBy(static item => item.Name, static item => item.Item2, StringComparer.Ordinal)
            .Select(group => new HiddenName(group.Key, HomesOf(group.Key, [.. group]).ToEquatableArray()))
            .Where(static name => name.Homes.Count > 0)
            .OrderBy(static name => name.Name, StringComparer.Ordinal)
            .ToEquatableArray();
    }

    /// <summary>What generated code means by a name; nothing where that is the very symbol that is found.</summary>
    private IEnumerable<NameHome> HomesOf(string name, ISymbol[] found)
    {
        foreach (var space in namespaces)
        {
            if (space.GetTypeMembers(name).Any(type => IsOther(type, found)))
            {
                yield return new NameHome(space.FullName, IsType: true);
            }
        }

        foreach (var type in staticClasses)
        {
            var members = type.GetMembers(name);
            if (members.Any(member => member is INamedTypeSymbol && IsOther(member, found)))
            {
                yield return new NameHome(PathOf(type), IsType: true);
            }
            if (members.Any(static member => member is not INamedTypeSymbol && member.IsStatic))
            {
                yield return new NameHome(PathOf(type), IsType: false);
            }
        }
    }

    private static bool IsOther(ISymbol symbol, ISymbol[] found) =>
        !found.All(other => SymbolEqualityComparer.Default.Equals(other, symbol));

    /// <summary>Types that global using directives bring in, and their aliases.</summary>
    private IEnumerable<(string Name, ISymbol Symbol)> GloballyImported()
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (tree.GetRoot() is not CompilationUnitSyntax unit)
            {
                continue;
            }
            foreach (var directive in unit.Usings)
            {
                if (!directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword))
                {
                    continue;
                }
                var symbol = compilation.GetSemanticModel(tree).GetSymbolInfo(directive.NamespaceOrType).Symbol;
                if (directive.Alias is { } alias && symbol is not null)
                {
                    yield return (alias.Name.Identifier.ValueText, symbol);
                }
                else if (symbol is INamespaceSymbol or INamedTypeSymbol)
                {
                    foreach (var member in ((INamespaceOrTypeSymbol)symbol).GetMembers())
                    {
                        if (symbol is INamedTypeSymbol ? member is INamedTypeSymbol || member.IsStatic : member is INamedTypeSymbol)
                        {
                            yield return (member.Name, member);
                        }
                    }
                }
            }
        }
    }

    private INamespaceSymbol? Namespace(string path)
    {
        INamespaceSymbol? space = compilation.GlobalNamespace;
        foreach (var name in path.Split('.'))
        {
            space = space?.GetNamespaceMembers().FirstOrDefault(member => member.Name == name);
        }
        return space;
    }

    // The outermost class is the first that is found, the others are nested in it.
    private INamedTypeSymbol? Class(string path)
    {
        var names = path.Split('.');
        for (var outer = 1; outer < names.Length; outer++)
        {
            if (Namespace(string.Join(".", names.Take(outer)))?.GetTypeMembers(names[outer]).FirstOrDefault() is { } found)
            {
                return names
                    .Skip(outer + 1)
                    .Aggregate<string, INamedTypeSymbol?>(found, static (type, name) => type?.GetTypeMembers(name).FirstOrDefault());
            }
        }

        return null;
    }

    private static string PathOf(INamedTypeSymbol type) => type.FullMetadataName.Replace('+', '.');
}
