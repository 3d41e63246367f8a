using DetectorDsl.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace DetectorDsl.Generators.Tests.Parsing;

/// <summary>First sentences of doc comments, whether or not the compiler parses these.</summary>
public class DocumentationReaderTests
{
    [Theory]
    [InlineData("/// <summary>One. Two.</summary>", "One.")]
    [InlineData("/// <summary>\n/// One line,\n/// and another. More.\n/// </summary>", "One line, and another.")]
    [InlineData(
        "/// <summary>Residual network (He et al. 2016), 0.5 of it. Then.</summary>",
        "Residual network (He et al. 2016), 0.5 of it."
    )]
    [InlineData("/// <summary>By Gupta et al. The rest.</summary>", "By Gupta et al. The rest.")]
    [InlineData(
        "/// <summary>See <see cref=\"N.Other\" />, <c>code</c>, <paramref name=\"P\"/> &lt; 1</summary>",
        "See Other, code, P < 1"
    )]
    [InlineData("/// <remarks>Only.</remarks>", "")]
    [InlineData("/// <summary>Broken", "")]
    [InlineData("// <summary>No doc comment.</summary>", "")]
    [InlineData("", "")]
    public void Summary_IsTheFirstSentence(string comment, string expected)
    {
        foreach (var mode in new[] { DocumentationMode.None, DocumentationMode.Parse, DocumentationMode.Diagnose })
        {
            Assert.Equal(expected, Documentation.Summary(Record($"{comment}\npublic record R(int A);", mode)));
        }
    }

    [Fact]
    public void Parameter_IsFoundByName()
    {
        var record = Record(
            "/// <summary>Whole.</summary>\n/// <param name=\"A\">First of all; default 1. Second.</param>\n[System.Obsolete]\npublic record R(int A, int B);",
            DocumentationMode.None
        );
        Assert.Equal("First of all; default 1.", Documentation.Parameter(record, "A"));
        Assert.Equal("", Documentation.Parameter(record, "B"));
    }

    private static RecordDeclarationSyntax Record(string source, DocumentationMode mode) =>
        CSharpSyntaxTree
            .ParseText(source, new(LanguageVersion.Preview, mode))
            .GetRoot()
            .DescendantNodes()
            .OfType<RecordDeclarationSyntax>()
            .Single();
}
