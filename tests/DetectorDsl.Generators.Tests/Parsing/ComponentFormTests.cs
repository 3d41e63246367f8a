using DetectorDsl.Generators.Tests.Helpers;
using Xunit;

namespace DetectorDsl.Generators.Tests.Parsing;

/// <summary>Problems of components of the user's own.</summary>
public class ComponentFormTests
{
    [Theory]
    // A constructor that would not be evaluated.
    [InlineData("[Component] public record Own : Neck { public int A { get; init; } public {|DDSL0024:Own|}(int a) { A = 2 * a; } }")]
    [InlineData("[Component] public record Own : Neck { public int A { get; init; } public {|DDSL0024:Own|}() => A = 2; }")]
    [InlineData("[Component] public record {|DDSL0015:Own|}<T> : Neck;")]
    [InlineData("[Component] public class {|DDSL0036:Own|};")]
    [InlineData("public record Mid : Neck; [Component] public record Own : {|DDSL0036:Mid|};")]
    // Properties that cannot be held or that compute.
    [InlineData("[Component] public record Own : Neck { public int[] {|DDSL0038:A|} { get; init; } = [1]; }")]
    [InlineData("[Component] public record Own(System.Type {|DDSL0038:A|}) : Neck;")]
    [InlineData(
        "[Component] public record Own : Neck { private readonly int a; public int {|DDSL0038:A|} { get => a; init => a = 2 * value; } }"
    )]
    [InlineData("[Component] public record Own() : ResNet(50) { public new int {|DDSL0025:BaseChannels|} { get; init; } = 8; }")]
    // Defaults are values, too.
    [InlineData("[Component] public record Own : Neck { public double A { get; init; } = {|DDSL0001:System.Math.Sqrt(2)|}; }")]
    [InlineData("[Component] public record Own : Neck { [Range(1, 5)] public int A { get; init; } = {|DDSL0002:6|}; }")]
    [InlineData("[Component] public record Own([Range(1, 5)] int {|DDSL0002:A|} = 6) : Neck;")]
    [InlineData("[Component] public record Own([property: AllowedValues(1, 3)] int {|DDSL0003:A|} = 2) : Neck;")]
    [InlineData("[Component] public record Own : Neck { [MaxLength(1)] public ValueList<int> A { get; init; } = {|DDSL0004:[1, 2]|}; }")]
    [InlineData(
        "[Component] public record Own : Neck { [StringSyntax(\"Regex\"), MinLength(2)] public string A { get; init; } = {|DDSL0002:\"a\"|}; }"
    )]
    [InlineData("[Component] public record Own() : ResNet({|DDSL0001:System.Environment.ProcessorCount|});")]
    // Circles.
    [InlineData("[Component] public record Own : Neck { public Neck A { get; init; } = {|DDSL0016:new Own()|}; }")]
    [InlineData(
        "[Component] public record Own : Neck { public Neck A { get; init; } = {|DDSL0016:new Other()|}; } [Component] public record Other : Neck { public Neck B { get; init; } = new Own(); }"
    )]
    public void AMistake_IsShownAtItsPlace(string source) => Run(source);

    [Theory]
    [InlineData(
        "[Component] public record Own(int A = 3, double B = 0.5, string? C = null) : Neck { public Own(Own other) : base(other) { A = other.A; } }"
    )]
    [InlineData("[Component] public record Own : Neck { public int A { get; init; } = 3; public int Twice => 2 * A; }")]
    [InlineData("[Component] public record Own() : ResNet(Depth: 101);")]
    [InlineData("[Component] public record Own(int Depth) : ResNet(Depth) { public int Again { get; init; } = Depth; }")]
    [InlineData("[Component] public record Own([Range(typeof(double), \"0\", \"0.5\")] double A = 0.5) : Neck;")]
    public void AProperComponent_IsQuiet(string source) => Run(source);

    [Fact]
    public void FragmentsInACircle_AreShownWhereTheCircleCloses() =>
        Run(
            "public static class F { public static Neck A => B; public static Neck B => {|DDSL0016:A|}; } [Component] public record Own : Neck { public Neck N { get; init; } = F.A; }"
        );

    private static void Run(string source) =>
        GeneratorTest
            .Of("using System.ComponentModel.DataAnnotations; using System.Diagnostics.CodeAnalysis; using DetectorDsl; " + source)
            .Run();
}
