using System.Text.RegularExpressions;
using DetectorDsl.Generators.Tests.Helpers;
using Xunit;

namespace DetectorDsl.Generators.Tests.Categories;

public class RealCategoriesTests
{
    private const string Source = """
        [DetectorDsl.CategorySet({0})] public static partial class Set;
        """;

    [SkippableFact]
    public void The1203CategoriesOfLvis_CompileWithoutACollision()
    {
        var run = GeneratorTest
            .Of(Source.Replace("{0}", "\"lvis.json\"", StringComparison.Ordinal))
            .WithFile("lvis.json", SharedData.Read("data/lvis_v1_categories.json"))
            .Run();
        var text = run["Set.Categories.g.cs"];
        Assert.Contains("public const int Count = 1203;", text, StringComparison.Ordinal);
        // No member ends in the suffix of a collision, and the groups are those of LVIS v1: 337 rare, 461 common, 405 frequent.
        Assert.Empty(Regex.Matches(text, @"^        \w+_\d+ = ", RegexOptions.Multiline));
        Assert.Equal(
            [337, 461, 405],
            new[] { "Rare", "Common", "Frequent" }.Select(group =>
                Regex.Count(text, $@"^            new\(.*CategoryFrequencyGroup\.{group},", RegexOptions.Multiline)
            )
        );
    }

    [SkippableFact]
    public void TheTwoFacadesOfTheFacades_GetTheirIds()
    {
        var run = GeneratorTest
            .Of(Source.Replace("{0}", "{|DDSL0030:\"_annotations.coco.json\"|}", StringComparison.Ordinal))
            .WithFile("train/_annotations.coco.json", SharedData.Read("data/facades/train/_annotations.coco.json"))
            .Run();
        Assert.Contains("Facade_0 = 0,", run["Set.Categories.g.cs"], StringComparison.Ordinal);
        Assert.Contains("Facade_3 = 3,", run["Set.Categories.g.cs"], StringComparison.Ordinal);
    }

    [SkippableFact]
    public void CocoFilesWhoseIdsBeginAtZero_AreRead()
    {
        var run = GeneratorTest
            .Of(Source.Replace("{0}", "\"instances.json\"", StringComparison.Ordinal))
            .WithFile("instances.json", SharedData.Read("data/dali-coco/instances.json"))
            .Run();
        Assert.Contains("= 0,", run["Set.Categories.g.cs"], StringComparison.Ordinal);
    }
}
