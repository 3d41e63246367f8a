using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Resolving.Text;
using DetectorDsl.Generators.Tests.Helpers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DetectorDsl.Generators.Tests.Resolving;

/// <summary>Chains over assemblies, built apart (metadata) and as project references within an IDE (compilations).</summary>
public class AssemblyChainTests
{
    private const string First = """
        using DetectorDsl;
        namespace First;
        [Component] public record Own(int Width = 3) : ResNet(Depth: 101) { public Normalization Second { get; init; } = new GroupNorm(8); }
        [Component] public record Preset() : Own(Width: 5);
        public static class Constants { public const int Channels = 16; }
        [Detector]
        public abstract partial record Base : MaskRcnn
        {
            public virtual int Width => 128;
            public override BoxHead BoxHead => new FullyConnectedBoxHead { Width = Width };
            public override TrainingPlan Training => base.Training with { BatchSize = 5 };
        }
        """;

    private const string Second = """
        using DetectorDsl;
        namespace Second;
        [Detector]
        public partial record Middle : First.Base
        {
            public override Backbone Backbone => new First.Preset { FrozenStages = 2, BaseChannels = First.Constants.Channels };
            public override TrainingPlan Training => base.Training with { LogEvery = 7 };
        }
        """;

    private const string Third = """
        using DetectorDsl;
        [Detector]
        public partial record D : Second.Middle
        {
            public override int Width => 64;
            public override Backbone Backbone => (First.Own)base.Backbone with { Second = new BatchNorm() };
            public override TrainingPlan Training => base.Training with { AccumulationSteps = 9 };
        }
        """;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void AChainOfThreeAssemblies_ResolvesAgainstTheMostDerivedRecord(bool firstInIde, bool secondInIde)
    {
        var first = Reference(GeneratorTest.Of(First).WithAssemblyName("First").Run(), firstInIde);
        var second = Reference(GeneratorTest.Of(Second).WithAssemblyName("Second").WithReferences(first).Run(), secondInIde);
        var spec = GeneratorTest.Of(Third).WithReferences(first, second).Run().Spec();

        Assert.Equal(
            ["Second.Middle", "First.Base", "DetectorDsl.MaskRcnn", "DetectorDsl.FasterRcnn", "DetectorDsl.Detector"],
            spec.BaseTypes
        );
        // A slot of the first assembly reads another, which the third overrides.
        Assert.Equal(64, spec.Component("BoxHead").Integer("Width"));
        var training = spec.Component("Training");
        Assert.Equal((5, 7, 9), (training.Integer("BatchSize"), training.Integer("LogEvery"), training.Integer("AccumulationSteps")));
        Assert.Equal(
            "Preset(Depth: 101, Groups: 1, WidthPerGroup: 64, BaseChannels: 16, FrozenStages: 2, Norm: BatchNorm(Mode: Train, Epsilon: 1E-05, Momentum: 0.1), Deformable: null, InitialWeights: null, Width: 5, Second: BatchNorm(Mode: Train, Epsilon: 1E-05, Momentum: 0.1))",
            Folded.Print(spec["Backbone"])
        );
        Assert.Equal(["First.Own", "DetectorDsl.ResNet", "DetectorDsl.Backbone"], spec.Component("Backbone").Info.BaseTypes);
    }

    [Fact]
    public void ANewerVocabularysDefault_HoldsForALibraryBuiltAgainstAnOlderOne()
    {
        const string vocabulary =
            "using DetectorDsl; namespace V; [Component] public record Part : Neck { public int A { get; init; } = 1; }";
        var old = GeneratorTest.Of(vocabulary).WithAssemblyName("V").Run().ToMetadataReference();
        var library = GeneratorTest
            .Of("using DetectorDsl; [Detector] public abstract partial record L : MaskRcnn { public override Neck Neck => new V.Part(); }")
            .WithAssemblyName("L")
            .WithReferences(old)
            .Run()
            .ToMetadataReference();
        var newer = GeneratorTest
            .Of(vocabulary.Replace("= 1", "= 2", StringComparison.Ordinal))
            .WithAssemblyName("V")
            .Run()
            .ToMetadataReference();

        var spec = GeneratorTest
            .Of("using DetectorDsl; [Detector] public partial record D : L { public override Backbone Backbone => new ResNet(50); }")
            .WithReferences(newer, library)
            .Run()
            .Spec();
        Assert.Equal(2, spec.Component("Neck").Integer("A"));
    }

    [Fact]
    public void AReferenceBuiltWithoutTheGenerator_IsShown()
    {
        var bare = CSharpCompilation
            .Create("Bare", [CSharpSyntaxTree.ParseText(First)], References.Vocabulary, new(OutputKind.DynamicallyLinkedLibrary))
            .ToMetadataReference();
        GeneratorTest
            .Of(
                """
                using DetectorDsl;
                [Detector] public partial record D : {|DDSL0022:First.Base|} { public override Backbone Backbone => {|DDSL0022:new First.Own()|}; }
                [Component] public record Mine() : {|DDSL0022:First.Own()|};
                """
            )
            .WithReferences(bare)
            .Run();
    }

    [Fact]
    public void ANewerFormat_IsRefused_NotMisread()
    {
        var newer = Publishing(SpecText.Version + 1, "(from the future)");
        GeneratorTest
            .Of(
                """
                using DetectorDsl;
                [Detector] public partial record D : {|DDSL0023:L|} { public override Backbone Backbone => new ResNet(50); }
                [Detector] public partial record E : MaskRcnn { public override Backbone Backbone => {|DDSL0023:new P()|}; }
                """
            )
            .WithReferences(newer)
            .Run();
    }

    [Theory]
    [InlineData("")]
    [InlineData("(")]
    [InlineData("(detector")]
    [InlineData("(component x)")]
    [InlineData("(component '' 0 '' ((A (Nothing int 0) 1 () '' 0 () () ())) () () () () ())")]
    [InlineData("(component '' 0 '' ((A (Integer int 0) 1 (int 99999999999999999999) '' 0 () () ())) () () () () ())")]
    public void ASpoiltText_IsRefused(string text) =>
        GeneratorTest
            .Of(
                "using DetectorDsl; [Detector] public partial record D : MaskRcnn { public override Backbone Backbone => {|DDSL0022:new P()|}; }"
            )
            .WithReferences(Publishing(SpecText.Version, text))
            .Run();

    [Fact]
    public void AFragmentOfAnotherAssembly_IsShown_WhetherOrNotItsSyntaxIsThere()
    {
        const string fragments =
            "using DetectorDsl; [Component] public record X : Neck; public static class F { public static Neck Neck => new Fpn(); public const int Four = 4; }";
        foreach (var isInIde in new[] { false, true })
        {
            GeneratorTest
                .Of(
                    """
                    using DetectorDsl;
                    [Detector]
                    public partial record D : MaskRcnn
                    {
                        public override Backbone Backbone => new ResNet(50) { BaseChannels = F.Four };
                        public override Neck Neck => {|DDSL0001:F.Neck|};
                    }
                    """
                )
                .WithReferences(Reference(GeneratorTest.Of(fragments).WithAssemblyName("F").Run(), isInIde))
                .Run();
        }
    }

    [Fact]
    public void AValueOfAnotherAssemblyThatDoesNotFit_IsShownAtTheDeclarationsName()
    {
        const string vocabulary =
            "using DetectorDsl; using System.ComponentModel.DataAnnotations; namespace V; [Component] public record Part : Neck { [Range(1, 9)] public int A { get; init; } = 1; }";
        var old = GeneratorTest.Of(vocabulary).WithAssemblyName("V").Run().ToMetadataReference();
        var library = GeneratorTest
            .Of(
                "using DetectorDsl; [Detector] public abstract partial record L : MaskRcnn { public override Neck Neck => new V.Part { A = 8 }; }"
            )
            .WithAssemblyName("L")
            .WithReferences(old)
            .Run()
            .ToMetadataReference();
        var newer = GeneratorTest
            .Of(vocabulary.Replace("9", "7", StringComparison.Ordinal))
            .WithAssemblyName("V")
            .Run()
            .ToMetadataReference();
        GeneratorTest
            .Of(
                "using DetectorDsl; [Detector] public partial record {|DDSL0002:D|} : L { public override Backbone Backbone => new ResNet(50); }"
            )
            .WithReferences(newer, library)
            .Run();
    }

    private static MetadataReference Reference(GeneratorRun run, bool isInIde) =>
        isInIde ? run.ToCompilationReference() : run.ToMetadataReference();

    /// <summary>An assembly with a declaration L and a component P, which it publishes by a given text.</summary>
    private static CompilationReference Publishing(int version, string text) =>
        CSharpCompilation
            .Create(
                "Published",
                [
                    CSharpSyntaxTree.ParseText(
                        $$"""
                        using DetectorDsl;
                        [assembly: DetectorSpec("L", {{version}}, {{SymbolDisplay.FormatLiteral(text, quote: true)}})]
                        [assembly: DetectorSpec("P", {{version}}, {{SymbolDisplay.FormatLiteral(text, quote: true)}})]
                        [Detector] public abstract partial record L : MaskRcnn;
                        [Component] public record P : Backbone;
                        """
                    ),
                ],
                References.Vocabulary,
                new(OutputKind.DynamicallyLinkedLibrary)
            )
            .ToMetadataReference();
}
