using DetectorDsl.Generators.Tests.Helpers;
using Xunit;

namespace DetectorDsl.Generators.Tests.Categories;

public class CategorySetDiagnosticsTests
{
    private const string Ants = """[{ "id": 1, "name": "ant" }]""";

    [Fact]
    public void AGoodSet_IsQuiet() => Set("\"a.json\"").WithFile("a.json", Ants).Run();

    [Fact]
    public void AFileThatIsNotThere_IsReportedAtItsName_AndStillLeavesTheMembers()
    {
        var run = GeneratorTest
            .Of(
                """
                [DetectorDsl.CategorySet({|DDSL0027:"b.json"|})]
                public static partial class Mine;

                class User { public int Count => Mine.Count; }
                """
            )
            .WithFile("a.json", Ants)
            .Run();
        Assert.Contains(
            "'b.json' is not among the additional files. Add <AdditionalFiles Include=\"b.json\" />",
            Message(run),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void AnEmptyName_IsReported() => Set("{|DDSL0027:\"\"|}").WithFile("a.json", Ants).Run();

    [Fact]
    public void AFileThatIsNotJson_IsReportedWithThePlace()
    {
        var run = Set("{|DDSL0028:\"a.json\"|}").WithFile("a.json", "[{ \"id\": 1,\n  \"name\": ant }]").Run();
        Assert.Contains("line 2, column 11", Message(run), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatCannotBeOpened_IsReported() => Set("{|DDSL0028:\"a.json\"|}").WithFile("a.json", null).Run();

    [Fact]
    public void TwoFilesThatFit_AreReported_AndAFolderTellsThemApart()
    {
        var run = Set("{|DDSL0029:\"a.json\"|}").WithFile("/x/train/a.json", Ants).WithFile("/x/test/a.json", Ants).Run();
        Assert.Contains("'/x/test/a.json', '/x/train/a.json'", Message(run), StringComparison.Ordinal);
        Set("\"train/a.json\"").WithFile("/x/train/a.json", Ants).WithFile("/x/test/a.json", Ants).Run();
    }

    [Fact]
    public void OneFileListedTwice_IsOneFile() => Set("\"a.json\"").WithFile("/x/a.json", Ants).WithFile("/x/a.json", Ants).Run();

    [Fact]
    public void EqualNames_AreAWarning_ThatNamesTheMembers()
    {
        var run = Set("{|DDSL0030:\"a.json\"|}")
            .WithFile("a.json", """[{ "id": 0, "name": "facade" }, { "id": 1, "name": "shop" }, { "id": 3, "name": "facade" }]""")
            .Run();
        Assert.Contains(
            "The categories 0 and 3 of 'a.json' share the name Facade as members of the enum; they become Facade_0 and Facade_3",
            Message(run),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void AWarning_IsSilencedByAPragma() =>
        GeneratorTest
            .Of(
                """
                #pragma warning disable DDSL0030
                [DetectorDsl.CategorySet("a.json")]
                public static partial class Mine;
                """
            )
            .WithFile("a.json", """[{ "id": 0, "name": "ant" }, { "id": 3, "name": "ant" }]""")
            .Run();

    [Fact]
    public void ANameWithNothingUsable_IsAWarning()
    {
        var run = Set("{|DDSL0031:\"a.json\"|}").WithFile("a.json", """[{ "id": 7, "name": "???" }]""").Run();
        Assert.Contains("The name '???' of category 7 in 'a.json'", Message(run), StringComparison.Ordinal);
        Assert.Contains("Category_7 = 0", run.AllText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public static class {|DDSL0014:Mine|};")]
    [InlineData("public static partial class {|DDSL0015:Mine|}<T>;")]
    [InlineData("file static partial class {|DDSL0015:Mine|};")]
    [InlineData("public partial class {|DDSL0035:Mine|};")]
    [InlineData("public partial record {|DDSL0035:Mine|};")]
    [InlineData("public static partial class {|DDSL0013:All|};")]
    [InlineData("public static partial class {|DDSL0013:Class|};")]
    public void AClassThatCannotHoldASet_IsReportedAtItsName_AndLeftAlone(string declaration)
    {
        var run = GeneratorTest.Of($"[DetectorDsl.CategorySet(\"a.json\")] {declaration}").WithFile("a.json", Ants).Run();
        Assert.Empty(run.FileNames);
    }

    [Fact]
    public void AnAttributeWithoutItsFile_OrOnAStruct_IsTheCompilersErrorAlone() =>
        GeneratorTest
            .Of(
                """
                [{|CS7036:DetectorDsl.CategorySet|}] public static partial class Mine;
                [{|CS0592:DetectorDsl.CategorySet|}("a.json")] public partial struct Other;
                """
            )
            .WithFile("a.json", Ants)
            .Run();

    /// <summary>An assembly holds names of up to 1,023 bytes.</summary>
    [Theory]
    [InlineData("\"a.json\"", 1023)]
    [InlineData("{|DDSL0028:\"a.json\"|}", 1024)]
    public void ANameLongerThanAnyOfCSharp_IsReported(string file, int length) =>
        Set(file).WithFile("a.json", $$"""[{ "id": 1, "name": "{{new string('a', length)}}" }]""").Run();

    [Fact]
    public void NothingForCategories_IsReported() =>
        GeneratorTest
            .Of(
                """
                using DetectorDsl;
                [Detector, {|DDSL0035:Categories(null!)|}] public partial record Mine : MaskRcnn { public override Backbone Backbone => new ResNet(50); }
                [Detector, {|DDSL0035:Categories(typeof(int[]))|}] public partial record Other : MaskRcnn { public override Backbone Backbone => new ResNet(50); }
                """
            )
            .Run();

    [Fact]
    public void ANestedClass_IsReportedAtItsName() =>
        GeneratorTest
            .Of(
                """
                public static partial class Outer { [DetectorDsl.CategorySet("a.json")] public static partial class {|DDSL0015:Mine|}; }
                """
            )
            .WithFile("a.json", Ants)
            .Run();

    [Fact]
    public void TheAttributeOnBothParts_IsTheCompilersErrorAlone() =>
        GeneratorTest
            .Of(
                """
                [DetectorDsl.CategorySet("a.json")] public static partial class Mine;
                [{|CS0579:DetectorDsl.CategorySet|}("a.json")] public static partial class Mine;
                """
            )
            .WithFile("a.json", Ants)
            .Run();

    [Fact]
    public void HalfTypedCode_NeverMakesTheGeneratorFail()
    {
        const string source =
            "namespace Zoo { [DetectorDsl.CategorySet(\"a.json\")] public static partial class Mine<T> : Base { int x; } }";
        for (var start = 0; start < source.Length; start++)
        {
            for (var length = 1; length <= 24 && start + length <= source.Length; length += 5)
            {
                GeneratorTest.Of(source.Remove(start, length)).WithFile("a.json", Ants).RunUnchecked();
            }
        }
    }

    private static GeneratorTest Set(string file) =>
        GeneratorTest.Of($"[DetectorDsl.CategorySet({file})] public static partial class Mine;");

    private static string Message(GeneratorRun run) =>
        Assert.Single(run.Result.Diagnostics).GetMessage(System.Globalization.CultureInfo.InvariantCulture);
}
