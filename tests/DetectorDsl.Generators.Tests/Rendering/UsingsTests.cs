using DetectorDsl.Generators.Rendering;
using DetectorDsl.Torch.Losses;
using Xunit;

namespace DetectorDsl.Generators.Tests.Rendering;

public class UsingsTests
{
    [Fact]
    public void ATypeOfTheLibrary_IsImported_InOrder() =>
        Assert.Equal(
            """
            namespace N;

            using global::System.Linq;
            using global::DetectorDsl.Torch.Losses;
            using global::SkiaSharp;
            using static global::TorchSharp.torch;

            class C { SeesawLoss loss = new(counts: SeesawCounts.Online); }
            """,
            Usings.Shorten(
                """
                namespace N;

                using global::SkiaSharp;
                using global::System.Linq;
                using static global::TorchSharp.torch;

                class C { global::DetectorDsl.Torch.Losses.SeesawLoss loss = new(counts: global::DetectorDsl.Torch.Losses.SeesawCounts.Online); }
                """
            )
        );

    [Theory]
    // Not the library's, nested in another, of another namespace, a namespace alone.
    [InlineData("global::Zoo.SeesawLoss")]
    [InlineData("global::Zoo.DetectorDsl.Torch.Losses.SeesawLoss")]
    [InlineData("global::DetectorDsl.SeesawLoss")]
    [InlineData("global::DetectorDsl.Torch.Losses")]
    [InlineData("global::DetectorDsl.Torch.Losses.Others")]
    public void WhatElseIsNamedInFull_StaysSo(string name) => AssertStays($"using global::System;\n\n{name} x;");

    [Fact]
    public void ANameThatTorchSharpHasToo_StaysInFullBesideIt()
    {
        AssertStays("using global::TorchSharp.Modules;\n\nglobal::DetectorDsl.Torch.Losses.L1Loss x;");
        Assert.Equal(
            "using global::DetectorDsl.Torch.Losses;\nusing global::SkiaSharp;\n\nL1Loss x;",
            Usings.Shorten("using global::SkiaSharp;\n\nglobal::DetectorDsl.Torch.Losses.L1Loss x;")
        );
    }

    [Fact]
    public void AFileWithoutDirectives_StaysAsItIs() => AssertStays("global::DetectorDsl.Torch.Losses.SeesawLoss x;");

    /// <summary>A misspelt name would never be shortened.</summary>
    [Fact]
    public void EveryName_IsThatOfATypeOfTheLibrary()
    {
        var assemblies = new[]
        {
            typeof(Torch.Losses.SeesawLoss).Assembly,
            typeof(Detection.Anchors.AnchorGenerator).Assembly,
            typeof(Training.Optimization.Sgd).Assembly,
            typeof(Weights.Naming.BackgroundFirst).Assembly,
            typeof(Native.Arithmetic).Assembly,
            typeof(Data.Sampling.IImageSampler).Assembly,
            typeof(TorchSharp.Modules.Linear).Assembly,
        };
        var types = assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Select(type => type.FullName!.Split('`')[0]).Distinct();
        Assert.All(ShortNames.All, name =>
            Assert.Single(types, type => ShortNames.FindIn(type) is var (space, found) && found == name && type == $"{space}.{name}")
        );
    }

    /// <summary>A name that means two types where both namespaces are imported does not compile.</summary>
    [Fact]
    public void NamesOfTorchSharp_AreKnown()
    {
        var torch = typeof(TorchSharp.Modules.Linear)
            .Assembly.GetExportedTypes()
            .Where(type => type.Namespace == ShortNames.TorchModules)
            .Select(type => type.Name)
            .ToHashSet();
        Assert.Equal(
            ShortNames
                .All.Where(name => torch.Contains(name) && ShortNames.FindIn($"{ShortNames.TorchModules}.{name}") is null)
                .Order(StringComparer.Ordinal),
            ShortNames.All.Where(ShortNames.IsAlsoInTorchModules).Order(StringComparer.Ordinal)
        );
    }

    private static void AssertStays(string code) => Assert.Equal(code, Usings.Shorten(code));
}
