using DetectorDsl.Generators.Categories;
using DetectorDsl.Generators.Tests.Helpers;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DetectorDsl.Generators.Tests.Categories;

public class CategorySetCachingTests
{
    private const string Source = """
        using DetectorDsl;
        [CategorySet("a.json")] public static partial class Ants;
        [CategorySet("b.json")] public static partial class Bees;
        """;

    private readonly MemoryText ants = new("/x/a.json", """[{ "id": 1, "name": "ant" }]""");
    private readonly MemoryText bees = new("/x/b.json", """[{ "id": 1, "name": "bee" }]""");
    private readonly MemoryText other = new("/x/other.json", "not even JSON");

    private GeneratorRun Run() => GeneratorTest.Of(Source).WithFile(ants).WithFile(bees).WithFile(other).RunUnchecked();

    [Fact]
    public void AnUnrelatedFile_IsNeverRead()
    {
        Run().Edit("Ants;", "Ants { }").Add("class C;");
        Assert.Equal(0, other.Reads);
        Assert.Equal(1, ants.Reads);
    }

    [Fact]
    public void AnUnrelatedFileThatChanges_ReadsAndRendersNothing()
    {
        var run = Run().WithFiles(ants, bees, new MemoryText("/x/other.json", "[]"));
        Assert.Empty(run.RenderedFiles(CategorySetStages.Output));
        Assert.Equal(1, ants.Reads);
    }

    [Fact]
    public void AnEditOfOneFile_RendersItsSetAlone()
    {
        var run = Run().WithFiles(new MemoryText("/x/a.json", """[{ "id": 1, "name": "wood ant" }]"""), bees, other);
        Assert.Equal(["Ants.Categories.g.cs"], run.RenderedFiles(CategorySetStages.Output));
        Assert.Equal(1, bees.Reads);
        Assert.Contains("WoodAnt", run["Ants.Categories.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void AnEditOfBlanksInAFile_RendersNothing() =>
        Assert.Empty(
            Run()
                .WithFiles(new MemoryText("/x/a.json", """[ { "name": "ant",   "id": 1 } ]"""), bees, other)
                .RenderedFiles(CategorySetStages.Output)
        );

    [Fact]
    public void AnAddedComment_RendersNothing() =>
        Assert.Empty(Run().Edit("using DetectorDsl;", "using DetectorDsl; // a comment").RenderedFiles(CategorySetStages.Output));

    [Fact]
    public void AnotherFileNamedByOneSet_RendersThatSetAlone() =>
        Assert.Equal(["Bees.Categories.g.cs"], Run().Edit("\"b.json\"", "\"a.json\"").RenderedFiles(CategorySetStages.Output));

    [Fact]
    public void AnAddedSet_RendersItAlone()
    {
        var run = Run().Add("""[DetectorDsl.CategorySet("b.json")] public static partial class Wasps;""");
        Assert.Equal(["Wasps.Categories.g.cs"], run.RenderedFiles(CategorySetStages.Output));
        Assert.Equal(1, ants.Reads);
    }

    [Fact]
    public void ADiagnosticMovesWithItsSource_WithoutRendering()
    {
        var run = GeneratorTest.Of("""[DetectorDsl.CategorySet("c.json")] public static partial class Ants;""").RunUnchecked();
        var moved = run.Edit("[DetectorDsl", "\n\n[DetectorDsl");
        Assert.Equal(2, Assert.Single(moved.Result.Diagnostics).Location.GetLineSpan().StartLinePosition.Line);
        Assert.Empty(moved.RenderedFiles(CategorySetStages.Output));
        Assert.Contains(IncrementalStepRunReason.Modified, moved.Reasons(TrackingNames.Diagnostics));
    }

    [Fact]
    public void AFileThatArrives_EndsTheDiagnostic()
    {
        var run = GeneratorTest.Of(Source).WithFile(ants).RunUnchecked();
        Assert.Equal("DDSL0027", Assert.Single(run.Result.Diagnostics).Id);
        var second = run.WithFiles(ants, bees);
        Assert.Empty(second.Result.Diagnostics);
        Assert.Equal(["Bees.Categories.g.cs"], second.RenderedFiles(CategorySetStages.Output));
    }
}
