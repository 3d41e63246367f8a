using DetectorDsl.Generators.Tests.Helpers;
using Xunit;

namespace DetectorDsl.Generators.Tests.Parsing;

/// <summary>The class that a component names, and the levels that it states.</summary>
public class ModuleTests
{
    [Theory]
    [InlineData(
        "public class M { public M(int width, double scale, int[] sizes, int? extra, string name, Mode mode, int inputChannels, long seed, object index, bool more = false) { } }"
    )]
    [InlineData(
        "public class M { public M(double width, System.Collections.Generic.IReadOnlyList<double> sizes, System.ReadOnlySpan<int> inputChannels, int[] inputStrides, int classes, int[] classCounts) { } }"
    )]
    [InlineData("public class M { public M() { } private M(int other) { } }")]
    [InlineData("public class M { }")]
    public void AModuleThatCanBeConstructed_IsQuiet(string module) => Run("Module(typeof(M))", module);

    [Theory]
    [InlineData("public abstract class M { }")]
    [InlineData("public static class M { }")]
    [InlineData("public interface M { }")]
    [InlineData("public class M { private M() { } }")]
    [InlineData("public class M { public M() { } public M(int width) { } }")]
    [InlineData("public class M<T> { }", "M<>")]
    public void AModuleThatCannotBeConstructed_IsShownAtTheAttribute(string module, string name = "M") =>
        Run($"{{|DDSL0017:Module(typeof({name}))|}}", module);

    [Theory]
    [InlineData("internal class M { }", "M")]
    [InlineData("internal class Outer { public class M { } }", "Outer.M")]
    public void AModuleThatIsLessVisibleThanItsComponent_IsShownAtTheAttribute(string module, string name) =>
        Run($"{{|DDSL0017:Module(typeof({name}))|}}", module);

    [Fact]
    public void AnInternalModuleOfAnInternalComponent_IsQuiet() =>
        GeneratorTest.Of("using DetectorDsl; internal class M { } [Component, Module(typeof(M))] internal record Own : Neck;").Run();

    [Fact]
    public void AModuleOutOfReach_IsTheCompilersMatter() =>
        Run("Module(typeof(Outer.{|CS0122:M|}))", "public class Outer { private class M { } }");

    [Theory]
    [InlineData("int depth", "DDSL0018")]
    [InlineData("int Scale2", "DDSL0018")]
    [InlineData("string width", "DDSL0019")]
    [InlineData("int scale", "DDSL0019")]
    [InlineData("int[] width", "DDSL0019")]
    [InlineData("string[] sizes", "DDSL0019")]
    [InlineData("int extra", "DDSL0019")]
    [InlineData("Normalization norm", "DDSL0019")]
    [InlineData("string inputChannels", "DDSL0019")]
    [InlineData("double classes", "DDSL0019")]
    [InlineData("int classCounts", "DDSL0019")]
    public void AParameterWithoutAMatch_IsShownAtTheAttribute(string parameter, string id) =>
        Run($"{{|{id}:Module(typeof(M))|}}", $"public class M {{ public M({parameter}) {{ }} }}");

    [Theory]
    [InlineData("OutputLevels(Strides = new[] { 8, 16 }, ChannelsFrom = nameof(Own.Width))")]
    [InlineData("OutputLevels(StridesFrom = \"Sizes\", ChannelsFrom = \"Sizes\")")]
    [InlineData("{|DDSL0020:OutputLevels(ChannelsFrom = \"width\")|}")]
    [InlineData("{|DDSL0020:OutputLevels(ChannelsFrom = nameof(Own.Scale))|}")]
    [InlineData("{|DDSL0020:OutputLevels(StridesFrom = nameof(Own.Width))|}")]
    public void OutputLevels_NamePropertiesThatHoldThem(string attribute) => Run(attribute, "");

    private static void Run(string attribute, string module) =>
        GeneratorTest
            .Of(
                $$"""
                #pragma warning disable CS9113, IDE0060
                using DetectorDsl;
                {{module}}
                public enum Mode { One, Two }
                [Component, {{attribute}}]
                public record Own(int Width, double Scale, ValueList<int> Sizes) : Neck
                {
                    public int? Extra { get; init; }
                    public string Name { get; init; } = "";
                    public Mode Mode { get; init; }
                    public Normalization Norm { get; init; } = new BatchNorm();
                }
                """
            )
            .Run();
}
