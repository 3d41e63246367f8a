using DetectorDsl.Generators.Tests.Helpers;
using Xunit;

namespace DetectorDsl.Generators.Tests.Resolving;

/// <summary>Null where a part is needed. The compiler's own warnings come only where nullable annotations are on.</summary>
public class NullTests
{
    [Theory]
    [InlineData("Optimizer Optimizer => {|DDSL0006:null|}!;")]
    [InlineData("Optimizer Optimizer => {|CS8603:{|DDSL0006:null|}|};")]
    [InlineData("ValueList<Augmentation> Augmentations => {|DDSL0006:null|}!;")]
    [InlineData("BoxHead BoxHead => base.BoxHead with { Classifier = {|DDSL0006:null|}! };")]
    [InlineData("ProposalHead ProposalHead => new Rpn { Anchors = {|CS8625:{|DDSL0006:null|}|} };")]
    [InlineData("DataSource? Data => new DataFolder({|DDSL0006:null|}!);")]
    // A list that may be absent is null until it is set.
    // with on nothing, a member of nothing.
    [InlineData("DataSource? Data => {|DDSL0006:base.Data! with { }|};")]
    public void NullForAPart_IsShown(string member) => Folded.Run("public override " + member);

    [Theory]
    [InlineData("DataSource? Data => null;")]
    [InlineData("ProposalHead ProposalHead => new Rpn { Channels = null };")]
    [InlineData("Backbone Backbone => new ResNet(50) { InitialWeights = null };")]
    public void NullForWhatMayBeAbsent_IsQuiet(string member) => Folded.Run("public override " + member);

    [Fact]
    public void WithoutAnnotations_TheBasesDecide() =>
        GeneratorTest
            .Of(
                """
                #nullable disable
                using DetectorDsl;
                [Detector]
                public partial record D : MaskRcnn
                {
                    public override Backbone Backbone => new ResNet(50);
                    public override DataSource Data => null;
                    public override Optimizer Optimizer => {|DDSL0006:null|};
                }
                """
            )
            .Run();

    [Fact]
    public void APartThatAComponentLeavesOut_IsShownWhereItIsConstructed() =>
        Folded.Run(
            "public override Neck Neck => {|DDSL0006:new Own()|};",
            "[Component] public record Own : Neck { public Normalization {|CS8618:Norm|} { get; init; } }"
        );

    [Fact]
    public void APartThatTheDeclarationGives_IsQuiet() =>
        Folded.Run(
            "public override Neck Neck => new Own() { Norm = new GroupNorm() };",
            "[Component] public record Own : Neck { public required Normalization Norm { get; init; } }"
        );
}
