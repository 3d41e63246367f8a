using DetectorDsl.Generators.Models;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Numbers the nodes of one member, so that a value can say where it was written without holding a location.</summary>
internal sealed class OriginMap(string typeName, string member, SyntaxNode root)
{
    private Dictionary<SyntaxNode, int>? numbers;

    /// <summary>The member as messages name it.</summary>
    public string MemberName => member == Origin.Base ? typeName : $"{typeName.Substring(typeName.LastIndexOf('.') + 1)}.{member}";

    /// <summary>The origin of a node; the member as a whole where the node is none of its own.</summary>
    public Origin Of(SyntaxNode node)
    {
        numbers ??= Number(root);
        return new Origin(typeName, member, numbers.TryGetValue(node, out var number) ? number : 0);
    }

    /// <summary>The node of a number; the root where there is none.</summary>
    public static SyntaxNode Find(SyntaxNode root, int number) => root.DescendantNodesAndSelf().ElementAtOrDefault(number) ?? root;

    private static Dictionary<SyntaxNode, int> Number(SyntaxNode root)
    {
        var numbers = new Dictionary<SyntaxNode, int>();
        foreach (var node in root.DescendantNodesAndSelf())
        {
            numbers[node] = numbers.Count;
        }
        return numbers;
    }
}
