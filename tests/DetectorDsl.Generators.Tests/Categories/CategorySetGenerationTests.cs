using System.Reflection;
using System.Runtime.Loader;
using DetectorDsl.Generators.Tests.Helpers;
using Xunit;

namespace DetectorDsl.Generators.Tests.Categories;

public class CategorySetGenerationTests
{
    private const string Source = """
        using DetectorDsl;

        namespace Zoo;

        /// <summary>Insects.</summary>
        [CategorySet("insects.json")]
        public static partial class Insects;
        """;

    private const string Insects = """
        [
          { "id": 9, "name": "stag_beetle", "frequency": "r", "image_count": 1, "instance_count": 1 },
          { "id": 2, "name": "ant", "frequency": "f", "image_count": 1911, "instance_count": 23720 },
          { "id": 5, "name": "<bee> & \"wasp\"", "frequency": "c", "image_count": 12, "instance_count": 40 }
        ]
        """;

    [Fact]
    public void ASetIsGenerated()
    {
        var run = GeneratorTest.Of(Source).WithFile("/data/insects.json", Insects).InCultures("sv-SE", "de-DE", "tr-TR").Run();
        Assert.Equal(["Zoo.Insects.Categories.g.cs"], run.FileNames);
        Snapshots.Match(run.AllText);
    }

    [Fact]
    public void WhatIsGenerated_SaysWhatTheFileSays()
    {
        var set = Load(GeneratorTest.Of(Source).WithFile("insects.json", Insects).Run());

        Assert.Equal(3, set.GetField("Count")!.GetRawConstantValue());
        Assert.Equal(
            [
                new CategoryInfo(2, "ant", CategoryFrequencyGroup.Frequent, 1911, 23720),
                new CategoryInfo(5, "<bee> & \"wasp\"", CategoryFrequencyGroup.Common, 12, 40),
                new CategoryInfo(9, "stag_beetle", CategoryFrequencyGroup.Rare, 1, 1),
            ],
            Get<IEnumerable<CategoryInfo>>(set, "All")
        );
        Assert.Equal(["ant", "<bee> & \"wasp\"", "stag_beetle"], Get<IEnumerable<string>>(set, "Names"));
        Assert.Equal([1911, 12, 1], Get<IEnumerable<int>>(set, "ImageCounts"));
        Assert.Equal([23720, 40, 1], Get<IEnumerable<int>>(set, "InstanceCounts"));

        var classes = set.GetNestedType("Class")!;
        Assert.Equal(["Ant", "BeeWasp", "StagBeetle"], classes.GetEnumNames());
        Assert.Equal([0, 1, 2], classes.GetEnumValues().Cast<object>().Select(value => (int)value));
        Assert.Equal("StagBeetle", Assert.Single(Get<System.Collections.IEnumerable>(set, "Rare").Cast<object>()).ToString());
        Assert.Equal("Ant", Assert.Single(Get<System.Collections.IEnumerable>(set, "Frequent").Cast<object>()).ToString());
    }

    [Fact]
    public void TheMembersCanBeUsedInTheSameProject() =>
        GeneratorTest
            .Of(
                Source,
                """
                class User
                {
                    public const int C = Zoo.Insects.Count;
                    public string Name => Zoo.Insects.Names[(int)Zoo.Insects.Class.Ant];
                    public int Images => Zoo.InsectsUser.Of(Zoo.Insects.Class.Ant);
                }

                namespace Zoo { class InsectsUser { public static int Of(Insects.Class ant) => ant.Info().ImageCount; } }
                """
            )
            .WithFile("insects.json", Insects)
            .Run();

    [Fact]
    public void ASetInTheGlobalNamespace_OrUnderAKeyword_IsGenerated() =>
        GeneratorTest
            .Of(
                """
                [DetectorDsl.CategorySet("a.json")]
                internal static partial class @event;
                """,
                """
                namespace Some.@class { [DetectorDsl.CategorySet("a.json")] public static partial class A; }
                """
            )
            .WithFile("a.json", """[{ "id": 1, "name": "ant" }]""")
            .Run();

    [Fact]
    public void NamesThatCSharpKnowsAlready_MakeNoTrouble()
    {
        string[] names = ["class", "value__", "ToString", "Equals", "HasFlag", "event", "Count", "All", "enum", "GetType", "Finalize"];
        var json = string.Join(",", names.Select((name, id) => $$"""{ "id": {{id}}, "name": "{{name}}" }"""));
        GeneratorTest.Of(Source).WithFile("insects.json", $"[{json}]").Run();
    }

    [Fact]
    public void TwoSetsOfOneName_OrOfNamesThatDifferInCase_HaveFilesOfTheirOwn()
    {
        var run = GeneratorTest
            .Of(
                """
                using DetectorDsl;
                namespace A { [CategorySet("a.json")] public static partial class Mine; }
                namespace B { [CategorySet("a.json")] public static partial class Mine; }
                namespace B { [CategorySet("a.json")] public static partial class MINE; }
                """
            )
            .WithFile("a.json", """[{ "id": 1, "name": "ant" }]""")
            .Run();
        Assert.Equal(3, run.FileNames.Count);
    }

    [Fact]
    public void AFileWithCarriageReturns_GivesTheSame()
    {
        var expected = GeneratorTest.Of(Source).WithFile("insects.json", Insects).Run();
        var actual = GeneratorTest.Of(Source.ReplaceLineEndings("\r\n")).WithFile("insects.json", Insects.ReplaceLineEndings("\r\n")).Run();
        Assert.Equal(expected.AllText, actual.AllText);
    }

    private static T Get<T>(Type set, string property) => (T)set.GetProperty(property)!.GetValue(null)!;

    private static Type Load(GeneratorRun run)
    {
        using var stream = new MemoryStream();
        Assert.True(run.Output.Emit(stream).Success);
        var context = new AssemblyLoadContext(name: null);
        context.Resolving += (_, name) => AssemblyLoadContext.Default.LoadFromAssemblyName(name);
        stream.Position = 0;
        return context.LoadFromStream(stream).GetType("Zoo.Insects", throwOnError: true)!;
    }
}
