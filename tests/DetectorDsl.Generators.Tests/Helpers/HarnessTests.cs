using Microsoft.CodeAnalysis.Text;
using Xunit;
using Xunit.Sdk;

namespace DetectorDsl.Generators.Tests.Helpers;

/// <summary>The helper itself: what it must find, it finds.</summary>
public class HarnessTests
{
    [Fact]
    public void Marks_AreTakenOut_AndMayBeNested()
    {
        var markup = Markup.Parse("a {|DDSL0001:b {|CS0534:c|} d|} e");
        Assert.Equal("a b c d e", markup.Text);
        Assert.Equal([("CS0534", new TextSpan(4, 1)), ("DDSL0001", new TextSpan(2, 5))], markup.Marks);
    }

    [Theory]
    [InlineData("a {|CS0001:b")]
    [InlineData("a |} b")]
    public void HalfAMark_IsAnError(string source) => Assert.Throws<FormatException>(() => Markup.Parse(source));

    [Fact]
    public void AWarningThatTheTestDoesNotMention_FailsIt()
    {
        var exception = Assert.ThrowsAny<XunitException>(() => GeneratorTest.Of("class C { int unused; }").Run());
        Assert.Contains("unexpected: Source0.cs [14..20) CS0169 'unused'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMarkWithoutItsDiagnostic_FailsTheTest()
    {
        var exception = Assert.ThrowsAny<XunitException>(() => GeneratorTest.Of("class {|DDSL0001:C|};").Run());
        Assert.Contains("missing:    Source0.cs [6..7) DDSL0001 'C'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMarkAtAnotherPlace_FailsTheTest() =>
        Assert.ThrowsAny<XunitException>(() => GeneratorTest.Of("class {|CS0169:C|} { int unused; }").Run());

    [Fact]
    public void AMarkedDiagnostic_Passes() => GeneratorTest.Of("class C { int {|CS0169:unused|}; }").Run();

    [Fact]
    public void TheVocabularyAndTheRuntime_CanBeReferenced() =>
        GeneratorTest
            .Of("using DetectorDsl; class C { public Backbone B => new ResNet(50); public TorchSharp.torch.Tensor? T { get; set; } }")
            .WithRuntime()
            .Run();

    [Theory]
    [InlineData(
        """[global::System.CodeDom.Compiler.GeneratedCode("DetectorDsl.Generators", "1.2.3.0")]""",
        """[global::System.CodeDom.Compiler.GeneratedCode("DetectorDsl.Generators", "{version}")]"""
    )]
    [InlineData("a\r\nb", "a\nb")]
    public void Snapshots_HoldNoVersion_AndLineFeedsOnly(string text, string expected) => Assert.Equal(expected, SnapshotText.Scrub(text));

    [Fact]
    public void SnapshotsOfADeterministicBuild_LieInTheCheckout() =>
        Assert.Equal(
            Repository.Path("tests/DetectorDsl.Generators.Tests/Rendering"),
            SnapshotText.FolderOf("/_/tests/DetectorDsl.Generators.Tests/Rendering/SomeTests.cs")
        );
}
