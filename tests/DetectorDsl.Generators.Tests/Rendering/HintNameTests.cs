using DetectorDsl.Generators.Rendering;
using Xunit;

namespace DetectorDsl.Generators.Tests.Rendering;

public class HintNameTests
{
    [Fact]
    public void ItIsTheMetadataNameAndTheAspect() => Assert.Equal("Zoo.Outer+Mine.Model.g.cs", HintName.Create("Zoo.Outer+Mine", "Model"));

    [Fact]
    public void WhatTheCompilerRefuses_IsReplaced() =>
        Assert.Equal("_App_F00__Mine_1.Model.g.cs", HintName.Create("<App>F00__Mine`1", "Model"));

    [Fact]
    public void NamesThatDifferOnlyInCase_GetDistinctFiles()
    {
        string[] types = ["Zoo.Mine", "Zoo.mine", "zoo.Mine", "Zoo.Other"];
        var ambiguous = HintName.Ambiguous(types);
        Assert.Equal(["Zoo.Mine", "Zoo.mine", "zoo.Mine"], ambiguous);

        var names = types.Select(type => HintName.Create(type, "Model", ambiguous)).ToList();
        Assert.Equal(4, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal("Zoo.Other.Model.g.cs", names[3]);
    }

    [Fact]
    public void OneTypeNamedTwice_IsNotAmbiguous() => Assert.Empty(HintName.Ambiguous(["Zoo.Mine", "Zoo.Mine"]));

    [Fact]
    public void TheSuffix_IsTheSameInEveryRun() =>
        // FNV-1a, 32 bits, of "a": (2166136261 ^ 97) * 16777619 mod 2^32 = e40c292c.
        Assert.Equal("a-e40c292c.Model.g.cs", HintName.Create("a", "Model", HintName.Ambiguous(["a", "A"])));
}
