using DetectorDsl.Generators.Categories;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Tests.Helpers;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DetectorDsl.Generators.Tests.Categories;

public class PublishedCategorySetTests
{
    private const string Library = """
        namespace Library;
        [DetectorDsl.CategorySet("a.json")] public static partial class Ants;
        """;

    private static readonly CategorySetSpec Expected = new(
        "Library.Ants",
        [new CategorySpec(4, "wood \"ant\"\n", "WoodAnt", "Rare", 1, 2)]
    );

    private static GeneratorRun RunLibrary(string name = """wood \"ant\"\n""") =>
        GeneratorTest
            .Of(Library)
            .WithAssemblyName("Library")
            .WithFile("a.json", $$"""[{ "id": 4, "name": "{{name}}", "frequency": "r", "image_count": 1, "instance_count": 2 }]""")
            .Run();

    public static TheoryData<bool> AsProjectAndAsAssembly => [true, false];

    private static MetadataReference Reference(GeneratorRun run, bool asProject) =>
        asProject ? run.ToCompilationReference() : run.ToMetadataReference();

    private static CategorySetCatalog CatalogOf(GeneratorRun run) =>
        (CategorySetCatalog)run.Result.TrackedSteps[CategorySetStages.Catalog].Single().Outputs.Single().Value;

    [Theory]
    [MemberData(nameof(AsProjectAndAsAssembly))]
    public void ASetOfAnotherAssembly_IsFound(bool asProject)
    {
        var run = GeneratorTest
            .Of("class C { public int Count = Library.Ants.Count; }")
            .WithReferences(Reference(RunLibrary(), asProject))
            .Run();
        Assert.Equal(Expected, CatalogOf(run).Find("Library.Ants"));
    }

    [Fact]
    public void ASetOfTheSameProject_IsFoundBeforeAnothers()
    {
        var run = GeneratorTest
            .Of(
                """
                namespace Library;
                [DetectorDsl.CategorySet("b.json")] public static partial class Bees;
                """
            )
            .WithFile("b.json", """[{ "id": 1, "name": "bee" }]""")
            .WithReferences(RunLibrary().ToMetadataReference())
            .Run();
        Assert.Equal(["Library.Bees", "Library.Ants"], CatalogOf(run).Sets.Select(set => set.TypeName));
    }

    [Fact]
    public void ABrokenSet_IsKnownToBeBroken()
    {
        var catalog = CatalogOf(GeneratorTest.Of(Library).RunUnchecked());
        Assert.Null(catalog.Find("Library.Ants"));
        Assert.True(catalog.IsBroken("Library.Ants"));
        Assert.False(catalog.IsBroken("Library.Bees"));
    }

    [Theory]
    [InlineData(99, 99)]
    [InlineData(1, null)]
    public void ASetThatIsTooNew_IsKnownByItsFormat_AndASpoiltOneNotAtAll(int format, int? newer)
    {
        var library = GeneratorTest
            .Of($"""[assembly: DetectorDsl.CategorySetSpec("Library.Ants", {format}, "whatever")]""")
            .WithAssemblyName("Library")
            .Run();
        var catalog = CatalogOf(GeneratorTest.Of("class C;").WithReferences(library.ToMetadataReference()).Run());
        Assert.Null(catalog.Find("Library.Ants"));
        Assert.Equal(newer, catalog.NewerFormat("Library.Ants"));
        Assert.Null(catalog.NewerFormat("Library.Bees"));
    }

    [Theory]
    [MemberData(nameof(AsProjectAndAsAssembly))]
    public void AnEditOfTheOtherAssembly_IsSeen(bool asProject)
    {
        var before = Reference(RunLibrary(), asProject);
        var run = GeneratorTest.Of("class C;").WithReferences(before).RunUnchecked();
        var same = run.Replace(before, Reference(RunLibrary(), asProject));
        Assert.All(same.Reasons(CategorySetStages.Catalog), reason =>
            Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)
        );

        var changed = run.Replace(before, Reference(RunLibrary("red ant"), asProject));
        Assert.Equal("RedAnt", CatalogOf(changed).Find("Library.Ants")!.Categories[0].EnumMember);
    }
}
