using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Tests.Helpers;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DetectorDsl.Generators.Tests.Resolving;

/// <summary>What an edit makes anew. That an unrelated edit makes nothing anew is checked in every run of every test.</summary>
public class CachingTests
{
    private const string Base = """
        using DetectorDsl;
        public static class Constants { public const double Rate = 0.5; public static Optimizer Fragment => new Sgd(Rate); }
        [Component] public record Own : Neck { public int Width { get; init; } = 8; }
        [Detector] public abstract partial record Base : MaskRcnn { public override TrainingPlan Training => new() { BatchSize = 3 }; public override Neck Neck => new Own(); }
        """;

    private const string Variants = """
        using DetectorDsl;
        [Detector]
        public partial record D : Base
        {
            // A comment.
            public override Backbone Backbone => new ResNet(50);
            public override Optimizer Optimizer => new Sgd(Constants.Rate);
        }
        [Detector] public partial record E : MaskRcnn { public override Backbone Backbone => new ResNet(18); public override Optimizer Optimizer => Constants.Fragment; }
        """;

    private static GeneratorRun First { get; } = GeneratorTest.Of(Base, Variants).Run();

    [Theory]
    [InlineData("// A comment.", "// Another comment,\n\n    // longer.")]
    [InlineData("new ResNet(50);", "new  ResNet( 50 ) ;")]
    [InlineData("public static class Constants {", "public static class Constants { public const int Unused = 1;")]
    public void AnEditThatChangesNoValue_LeavesEverySpec(string find, string replacement)
    {
        var second = First.Edit(find, replacement);
        Assert.All(second.Reasons(TrackingNames.Resolve), reason =>
            Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)
        );
        Assert.All(second.Reasons(TrackingNames.Diagnostics), reason =>
            Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)
        );
    }

    [Theory]
    // An own slot, a base's slot, a component's default, a fragment: whoever depends on it, and no other.
    [InlineData("ResNet(50)", "ResNet(34)", "D")]
    [InlineData("ResNet(18)", "ResNet(34)", "E")]
    [InlineData("BatchSize = 3", "BatchSize = 4", "Base D")]
    [InlineData("= 8;", "= 9;", "Base D")]
    [InlineData("=> new Sgd(Rate)", "=> new Sgd(Rate, 0.5)", "E")]
    // A constant elsewhere.
    [InlineData("Rate = 0.5", "Rate = 0.25", "D E")]
    public void AnEditOfAValue_ChangesTheSpecsThatDependOnIt(string find, string replacement, string changed)
    {
        var second = First.Edit(find, replacement);
        var modified = second
            .Result.TrackedSteps[TrackingNames.Resolve]
            .SelectMany(step => step.Outputs)
            .Where(output => output.Reason == IncrementalStepRunReason.Modified)
            .Select(output => ((Resolution)output.Value).Declaration.Name);
        Assert.Equal(changed.Split(' '), modified.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TheNewValue_IsTheEditedOne()
    {
        Assert.Equal(0.25, First.Edit("Rate = 0.5", "Rate = 0.25").Spec().Component("Optimizer").Real("LearningRate"));
        Assert.Equal(9, First.Edit("= 8;", "= 9;").Spec().Component("Neck").Integer("Width"));
        Assert.Equal(4, First.Edit("BatchSize = 3", "BatchSize = 4").Spec().Component("Training").Integer("BatchSize"));
    }

    [Fact]
    public void AReferenceBuiltAnew_IsPickedUp_AndOneBuiltAlikeChangesNothing()
    {
        var library = GeneratorTest.Of(Base).WithAssemblyName("Lib").Run();
        var old = library.ToMetadataReference();
        // The value of a fragment is not visible across assemblies.
        var run = GeneratorTest.Of(Variants.Replace("Constants.Fragment", "new Sgd()", StringComparison.Ordinal)).WithReferences(old).Run();

        var alike = run.Replace(old, GeneratorTest.Of(Base + "// The same.").WithAssemblyName("Lib").Run().ToMetadataReference());
        Assert.All(alike.Reasons(TrackingNames.Resolve), reason =>
            Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)
        );

        var other = run.Replace(old, library.Edit("BatchSize = 3", "BatchSize = 4").ToMetadataReference());
        Assert.Equal(4, other.Spec().Component("Training").Integer("BatchSize"));
    }

    [Fact]
    public void AMovedMistake_MovesItsDiagnosticAlone()
    {
        var run = GeneratorTest.Of(Base, Variants.Replace("ResNet(18)", "ResNet({|DDSL0003:19|})", StringComparison.Ordinal)).Run();
        var second = run.Edit("// A comment.", "// A\n    // comment.");
        Assert.All(second.Reasons(TrackingNames.Resolve), reason =>
            Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)
        );
        Assert.Contains(IncrementalStepRunReason.Modified, second.Reasons(TrackingNames.Diagnostics));
        var diagnostic = Assert.Single(second.Result.Diagnostics);
        Assert.Contains(diagnostic.Location.SourceTree, second.Output.SyntaxTrees);
        Assert.Equal("19", diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan));
    }

    [Fact]
    public void EquivalentSources_GiveEqualSpecs() => Assert.Equal(First.Spec(), GeneratorTest.Of(Variants, Base).Run().Spec());
}
