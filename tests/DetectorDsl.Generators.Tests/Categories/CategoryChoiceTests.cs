using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Tests.Helpers;
using DetectorDsl.Generators.Tests.Resolving;
using Xunit;

namespace DetectorDsl.Generators.Tests.Categories;

/// <summary>From [Categories] on a declaration to the set.</summary>
public class CategoryChoiceTests
{
    private const string Ants = """[{ "id": 4, "name": "wood ant" }, { "id": 2, "name": "red ant" }]""";

    private const string Set = """
        [DetectorDsl.CategorySet("a.json")] public static partial class Ants;
        """;

    private const string Declaration = """
        using DetectorDsl;
        [Detector, Categories(typeof(Ants))] public abstract partial record Base : MaskRcnn { public override Backbone Backbone => new ResNet(18); }
        """;

    private const string Variant = "[DetectorDsl.Detector] public abstract partial record Variant : Base;";

    private static IReadOnlyList<DetectorSpec> SpecsOf(GeneratorRun run) => [.. run.Specs()];

    private static void AssertAnts(DetectorSpec spec) =>
        Assert.Equal(["red ant", "wood ant"], spec.Categories!.Categories.Select(category => category.Name));

    [Fact]
    public void ASetOfTheSameProject_IsTheDeclarationsAndItsVariants()
    {
        var specs = SpecsOf(GeneratorTest.Of(Set, Declaration, Variant).WithFile("a.json", Ants).Run());
        Assert.Equal(2, specs.Count);
        Assert.All(specs, AssertAnts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ASetOfAnotherAssembly_IsFound_AlsoByAVariantInAThird(bool asProjects)
    {
        var set = Reference(GeneratorTest.Of(Set).WithAssemblyName("Sets").WithFile("a.json", Ants).Run());
        var declaration = GeneratorTest.Of(Declaration).WithAssemblyName("Declarations").WithReferences(set).Run();
        AssertAnts(Assert.Single(SpecsOf(declaration)));
        var variant = GeneratorTest.Of(Variant).WithReferences(set, Reference(declaration)).Run();
        AssertAnts(Assert.Single(SpecsOf(variant)));

        Microsoft.CodeAnalysis.MetadataReference Reference(GeneratorRun run) =>
            asProjects ? run.ToCompilationReference() : run.ToMetadataReference();
    }

    [Fact]
    public void ANearerSet_Wins()
    {
        var specs = SpecsOf(
            GeneratorTest
                .Of(
                    Set,
                    """[DetectorDsl.CategorySet("b.json")] public static partial class Bees;""",
                    Declaration,
                    Variant.Replace(
                        "[DetectorDsl.Detector]",
                        "[DetectorDsl.Detector, DetectorDsl.Categories(typeof(Bees))]",
                        StringComparison.Ordinal
                    )
                )
                .WithFile("a.json", Ants)
                .WithFile("b.json", """[{ "id": 1, "name": "bee" }]""")
                .Run()
        );
        Assert.Equal(["Ants", "Bees"], specs.Select(spec => spec.Categories!.TypeName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ASetWithoutItsFile_IsReportedOnce_AtItsClass() =>
        Assert.Empty(
            SpecsOf(
                GeneratorTest.Of(Set.Replace("\"a.json\"", "{|DDSL0027:\"a.json\"|}", StringComparison.Ordinal), Declaration, Variant).Run()
            )
        );

    [Fact]
    public void AnotherType_IsReportedAtTheDeclaration() =>
        Assert.Empty(
            SpecsOf(
                GeneratorTest
                    .Of(
                        """
                        using DetectorDsl;
                        [Detector, {|DDSL0035:Categories(typeof(string))|}] public abstract partial record Base : MaskRcnn { public override Backbone Backbone => new ResNet(18); }
                        """
                    )
                    .Run()
            )
        );

    [Fact]
    public void ATypeThatDoesNotExist_IsTheCompilersErrorAlone() =>
        GeneratorTest.Of(Declaration.Replace("typeof(Ants)", "typeof({|CS0246:Ants|})", StringComparison.Ordinal)).Run();

    [Fact]
    public void ASetOfAnAssemblyThatWasBuiltWithoutTheGenerator_IsReported()
    {
        var set = GeneratorTest.Of(Set).WithAssemblyName("Sets").CompileWithoutGenerator();
        GeneratorTest
            .Of(Declaration.Replace("Categories(typeof(Ants))", "{|DDSL0022:Categories(typeof(Ants))|}", StringComparison.Ordinal))
            .WithReferences(set)
            .Run();
    }

    [Fact]
    public void ASetInANewerFormat_IsReported()
    {
        var set = GeneratorTest
            .Of(Set, """[assembly: DetectorDsl.CategorySetSpec("Ants", 99, "?")]""")
            .WithAssemblyName("Sets")
            .CompileWithoutGenerator();
        GeneratorTest
            .Of(Declaration.Replace("Categories(typeof(Ants))", "{|DDSL0023:Categories(typeof(Ants))|}", StringComparison.Ordinal))
            .WithReferences(set)
            .Run();
    }
}
