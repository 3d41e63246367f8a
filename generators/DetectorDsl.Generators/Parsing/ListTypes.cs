using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Types that a collection expression can be passed to.</summary>
internal static class ListTypes
{
    private static readonly string[] Names =
    [
        "System.Collections.Generic.IEnumerable`1",
        "System.Collections.Generic.IReadOnlyCollection`1",
        "System.Collections.Generic.IReadOnlyList`1",
        "System.Collections.Generic.ICollection`1",
        "System.Collections.Generic.IList`1",
        "System.Collections.Generic.List`1",
        "System.Collections.Immutable.ImmutableArray`1",
        "System.Collections.Immutable.ImmutableList`1",
        "System.ReadOnlySpan`1",
        "DetectorDsl.ValueList`1",
    ];

    /// <summary>The type of the items; null where the type is no such list.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol type) =>
        type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
            INamedTypeSymbol { Arity: 1 } named when Names.Contains(named.FullMetadataName) => named.TypeArguments[0],
            _ => null,
        };
}
