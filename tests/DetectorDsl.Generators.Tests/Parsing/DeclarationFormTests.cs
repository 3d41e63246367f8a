using DetectorDsl.Generators.Tests.Helpers;
using DetectorDsl.Generators.Tests.Resolving;
using Xunit;

namespace DetectorDsl.Generators.Tests.Parsing;

/// <summary>Problems of a declaration's form.</summary>
public class DeclarationFormTests
{
    private const string WithBackbone = "public override Backbone Backbone => new ResNet(50);";

    [Theory]
    [InlineData("[Detector] public record {|DDSL0014:D|} : MaskRcnn { " + WithBackbone + " }")]
    [InlineData("[Detector] public partial record {|DDSL0015:D|}<T> : MaskRcnn { " + WithBackbone + " }")]
    [InlineData("public partial class Outer { [Detector] public partial record {|DDSL0015:D|} : MaskRcnn { " + WithBackbone + " } }")]
    [InlineData("[Detector] file partial record {|DDSL0015:D|} : MaskRcnn { " + WithBackbone + " }")]
    [InlineData("[Detector] public partial record {|DDSL0037:D|};")]
    [InlineData("[Detector] public partial class {|DDSL0037:D|};")]
    // A record in between that says nothing of itself.
    [InlineData("public abstract record Mid : MaskRcnn; [Detector] public partial record D : {|DDSL0021:Mid|} { " + WithBackbone + " }")]
    // A slot that hides instead of overriding.
    [InlineData(
        "[Detector] public partial record D : MaskRcnn { " + WithBackbone + " public new Optimizer {|DDSL0025:Optimizer|} => new Sgd(); }"
    )]
    // Values that only a constructor could give.
    [InlineData("[Detector] public partial record D(int {|DDSL0001:Width|}) : MaskRcnn { " + WithBackbone + " }")]
    [InlineData("[Detector] public partial record D : MaskRcnn { " + WithBackbone + " public int {|DDSL0001:Width|} { get; init; } }")]
    // A missing part, an unknown name, an unknown base are the compiler's.
    [InlineData("[Detector] public partial record {|CS0534:D|} : MaskRcnn;")]
    [InlineData("[Detector] public partial record D : MaskRcnn { public override Backbone Backbone => new {|CS0246:Resnet|}(50); }")]
    [InlineData("[Detector] public partial record D : MaskRcnn { public override Backbone Backbone => new {|CS7036:ResNet|}(); }")]
    [InlineData("[Detector] public partial record D : MaskRcnn { public override Backbone Backbone => {|CS0029:new Fpn()|}; }")]
    [InlineData("[Detector] public partial record D : {|CS0246:Missing|};")]
    [InlineData("[Detector] public abstract partial record {|CS0146:A|} : B; [Detector] public abstract partial record {|CS0146:B|} : A;")]
    public void AMistakeOfForm_IsShownAtItsPlace(string source) => GeneratorTest.Of("using DetectorDsl; " + source).Run();

    [Theory]
    [InlineData("[Detector] internal partial record D : MaskRcnn { " + WithBackbone + " }")]
    [InlineData("[Detector] public sealed partial record D : MaskRcnn { " + WithBackbone + " }")]
    [InlineData(
        "namespace A { [Detector] public partial record D : MaskRcnn { "
            + WithBackbone
            + " } } namespace B { [Detector] public partial record D : A.D; }"
    )]
    [InlineData("[Detector] public partial record D : MaskRcnn; partial record D { " + WithBackbone + " }")]
    [InlineData(
        "[Detector] public partial record D : MaskRcnn { "
            + WithBackbone
            + " public System.Type Helper => typeof(int); public static int Count => 3; public override string ToString() => \"\"; }"
    )]
    public void ADeclarationOfProperForm_IsQuiet(string source) =>
        Assert.NotEmpty(GeneratorTest.Of("using DetectorDsl; " + source).Run().Specs());

    [Fact]
    public void AttributedOnBothParts_IsOneDeclaration() =>
        Assert.Single(
            GeneratorTest
                .Of(
                    "using DetectorDsl; [Detector] public partial record D : MaskRcnn { "
                        + WithBackbone
                        + " } [{|CS0579:Detector|}] partial record D;"
                )
                .Run()
                .Specs()
        );

    [Fact]
    public void NamesThatDifferOnlyInCase_AreShownAtTheSecond() =>
        GeneratorTest
            .Of(
                "using DetectorDsl; namespace N; [Detector] public partial record Mine : MaskRcnn { "
                    + WithBackbone
                    + " } [Detector] public partial record {|DDSL0013:minE|} : Mine;"
            )
            .Run();

    [Fact]
    public void ANestedRecord_IsNotTakenForOneOfThePlainName()
    {
        var run = GeneratorTest
            .Of(
                "using DetectorDsl; public partial class Outer { [Detector] public partial record {|DDSL0015:D|} : MaskRcnn { "
                    + WithBackbone
                    + " } }",
                "using DetectorDsl; [Detector] public partial record D : MaskRcnn { public override Backbone Backbone => new ResNet(18); }"
            )
            .Run();
        Assert.Equal(18, run.Spec().Component("Backbone").Integer("Depth"));
    }

    [Fact]
    public void AGeneratedName_IsRefusedThoughTheCompilerWillKnowIt()
    {
        const string source = """
            using DetectorDsl;
            [CategorySet("c.json")] public static partial class Sets;
            [Detector]
            public partial record D : MaskRcnn
            {
                public override Backbone Backbone => new ResNet(50);
                public override BoxHead BoxHead => new FullyConnectedBoxHead { Width = Sets.Count };
                public override DataSource? Data => new DataFolder(DTraining.Folder);
            }
            """;
        var problems = GeneratorRun.Start(Compile(source), []).Result.Diagnostics.Where(problem => problem.Id == "DDSL0001");
        Assert.Equal(
            ["DTraining", "Sets.Count"],
            problems
                .Select(problem => problem.Location.SourceTree!.GetText().ToString(problem.Location.SourceSpan))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void AnUnknownName_StaysTheCompilers() =>
        GeneratorTest
            .Of(
                "using DetectorDsl; [Detector] public partial record D : MaskRcnn { "
                    + WithBackbone
                    + " public override DataSource? Data => new DataFolder({|CS0103:Unknown|}); }"
            )
            .Run();

    private static Microsoft.CodeAnalysis.Compilation Compile(string source) =>
        Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create(
            "Test",
            [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(source)],
            References.Vocabulary,
            new(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary)
        );
}
