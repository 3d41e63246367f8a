using DetectorDsl.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Finds the place that an origin stands for in the compilation at hand. Asked only when something is wrong.</summary>
internal static class OriginLocator
{
    /// <summary>The place, or the first of the others that exists in source; none where no one does.</summary>
    public static Location Locate(Compilation compilation, Origin origin, string declaration) =>
        Find(compilation, origin) ?? Find(compilation, Origin.OfType(declaration)) ?? Location.None;

    private static Location? Find(Compilation compilation, Origin origin)
    {
        if (compilation.Assembly.GetTypeByMetadataName(origin.TypeName) is not { } type)
        {
            return null;
        }
        var node = origin.Member switch
        {
            "" => null,
            Origin.Base => BaseOf(type),
            Origin.Constructor => type
                .InstanceConstructors.FirstOrDefault(ComponentParser.IsHandWritten)
                ?.DeclaringSyntaxReferences[0]
                .GetSyntax(),
            ['[', .., ']'] => type.Attribute($"{WellKnownNames.Vocabulary}.{origin.Member.Substring(1, origin.Member.Length - 2)}Attribute")
                ?.ApplicationSyntaxReference?.GetSyntax(),
            _ => MemberOf(type, origin.Member),
        };
        if (node is null)
        {
            return NameOf(type);
        }
        return origin.Node == 0 ? NameOf(node) : OriginMap.Find(node, origin.Node).GetLocation();
    }

    private static SyntaxNode? BaseOf(INamedTypeSymbol type) =>
        type
            .DeclaringSyntaxReferences.Select(reference =>
                (reference.GetSyntax() as TypeDeclarationSyntax)?.BaseList?.Types.FirstOrDefault()
            )
            .FirstOrDefault(node => node is not null);

    private static SyntaxNode? MemberOf(INamedTypeSymbol type, string name)
    {
        foreach (var member in type.GetMembers(name))
        {
            if (member is IPropertySymbol property)
            {
                return (property.PartialImplementationPart ?? property).DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
            }
        }

        // A parameter that makes no property of its own.
        return type
            .PrimaryConstructor?.Parameters.FirstOrDefault(parameter => parameter.Name == name)
            ?.DeclaringSyntaxReferences.FirstOrDefault()
            ?.GetSyntax();
    }

    private static Location? NameOf(INamedTypeSymbol type) =>
        (type.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as BaseTypeDeclarationSyntax)?.Identifier.GetLocation();

    private static Location NameOf(SyntaxNode node) =>
        node switch
        {
            PropertyDeclarationSyntax property => property.Identifier.GetLocation(),
            ParameterSyntax parameter => parameter.Identifier.GetLocation(),
            ConstructorDeclarationSyntax constructor => constructor.Identifier.GetLocation(),
            _ => node.GetLocation(),
        };
}
