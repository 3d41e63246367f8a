using System.Text;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DetectorDsl.Generators.Rendering;

/// <summary>Writes in full the names that the files of a declaration import, and that mean something else where they stand.</summary>
internal sealed class NameQualifier
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview, DocumentationMode.Parse);

    /// <summary>Names of members by the name of their class, of which several files may hold a part.</summary>
    private readonly ILookup<string, string> members;

    private NameQualifier(IEnumerable<SyntaxNode> files) =>
        members = files
            .SelectMany(static file => file.DescendantNodes().OfType<TypeDeclarationSyntax>())
            .SelectMany(
                static type =>
                    type.Members.SelectMany(MemberNames)
                        .Concat(type.ParameterList?.Parameters.Select(static parameter => parameter.Identifier.ValueText) ?? []),
                static (type, member) => (type.Identifier.ValueText, member)
            )
            .ToLookup(static item => item.ValueText, static item => item.member, StringComparer.Ordinal);

    /// <summary>Rewrites files.</summary>
    /// <param name="files">The files; their imports stand within their namespace, if they have one.</param>
    /// <param name="hidden">The names that something else has; nearly always none.</param>
    public static IEnumerable<string> Qualify(IReadOnlyList<string> files, EquatableArray<HiddenName> hidden)
    {
        if (hidden.Count == 0)
        {
            return files;
        }
        var roots = files.Select(static file => CSharpSyntaxTree.ParseText(file, Options).GetRoot()).ToList();
        var qualifier = new NameQualifier(roots);
        return files.Zip(roots, (file, root) => qualifier.Qualify(file, root, hidden));
    }

    private string Qualify(string code, SyntaxNode root, EquatableArray<HiddenName> hidden)
    {
        var imported = new HashSet<string>(
            root.DescendantNodes()
                .OfType<UsingDirectiveSyntax>()
                .Select(static directive => directive.NamespaceOrType.ToString().Replace("global::", ""))
        );
        var homes = hidden.ToDictionary(
            static name => name.Name,
            name => name.Homes.Where(home => imported.Contains(home.Container)).ToList(),
            StringComparer.Ordinal
        );
        var text = new StringBuilder(code);
        foreach (var name in root.DescendantNodes(descendIntoTrivia: true).OfType<SimpleNameSyntax>().Reverse())
        {
            if (homes.TryGetValue(name.Identifier.ValueText, out var candidates) && candidates.Count > 0 && MeansImport(name))
            {
                text.Insert(name.Identifier.SpanStart, $"global::{Choose(candidates, name).Container}.");
            }
        }

        return text.ToString();
    }

    /// <summary>A type and a method may share a name; then the one is called.</summary>
    private static NameHome Choose(List<NameHome> candidates, SimpleNameSyntax name) =>
        candidates.FirstOrDefault(home => home.IsType != IsCalled(name)) ?? candidates[0];

    private static bool IsCalled(SimpleNameSyntax name) => name.Parent is InvocationExpressionSyntax call && call.Expression == name;

    private bool MeansImport(SimpleNameSyntax name) =>
        name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => false,
            MemberBindingExpressionSyntax or AliasQualifiedNameSyntax or NameColonSyntax or NameEqualsSyntax or XmlNameAttributeSyntax =>
                false,
            QualifiedNameSyntax qualified when qualified.Right == name => false,
            MemberCrefSyntax { Parent: QualifiedCrefSyntax } => false,
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment when assignment.Left == name => false,
            _ => SyntaxFacts.IsInTypeOnlyContext(name) || !IsDeclaredAround(name),
        };

    /// <summary>Whether a variable, parameter or member of the file itself has the name at that place.</summary>
    private bool IsDeclaredAround(SimpleNameSyntax name)
    {
        var text = name.Identifier.ValueText;
        var place = name.FirstAncestorOrSelf<DocumentationCommentTriviaSyntax>()?.ParentTrivia.Token.Parent ?? name;
        foreach (var node in place.AncestorsAndSelf())
        {
            if (
                node is MemberDeclarationSyntax and not BaseTypeDeclarationSyntax
                && node.DescendantNodes().Any(inner => VariableName(inner) == text)
            )
            {
                return true;
            }
            if (node is TypeDeclarationSyntax type && members[type.Identifier.ValueText].Contains(text))
            {
                return true;
            }
        }

        return false;
    }

    private static string? VariableName(SyntaxNode node) =>
        node switch
        {
            ParameterSyntax parameter => parameter.Identifier.ValueText,
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
            ForEachStatementSyntax loop => loop.Identifier.ValueText,
            LocalFunctionStatementSyntax function => function.Identifier.ValueText,
            _ => null,
        };

    private static IEnumerable<string> MemberNames(MemberDeclarationSyntax member) =>
        member switch
        {
            PropertyDeclarationSyntax property => [property.Identifier.ValueText],
            MethodDeclarationSyntax method => [method.Identifier.ValueText],
            BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(static variable => variable.Identifier.ValueText),
            _ => [],
        };
}
