using DetectorDsl.Generators.Tests.Helpers;
using Xunit;

namespace DetectorDsl.Generators.Tests.Resolving;

/// <summary>Problems of values: each fires at its place, and stays quiet where all is well.</summary>
public class ProblemTests
{
    [Theory]
    // Not constant.
    [InlineData("Optimizer Optimizer => new Sgd({|DDSL0001:double.Parse(\"1\")|});")]
    [InlineData("Optimizer Optimizer => new Sgd({|DDSL0001:C.Rate|});")]
    [InlineData("Optimizer Optimizer => {|DDSL0001:C.Shared|};")]
    [InlineData("Optimizer Optimizer => {|DDSL0001:C.Mutable|};")]
    [InlineData("Optimizer Optimizer => {|DDSL0001:C.Make()|};")]
    [InlineData("Optimizer Optimizer => {|DDSL0001:C.Flag ? new Sgd() : new AdamW()|};")]
    [InlineData("TrainingPlan Training => new() { Epochs = {|DDSL0001:Two * 2|} }; public int Two => 2;")]
    [InlineData("TrainingPlan Training => new() { BatchSize = {|DDSL0001:(int)Half|} }; public double Half => 0.5;")]
    [InlineData("ValueList<Augmentation> Augmentations => [.. {|DDSL0001:C.Many()|}];")]
    [InlineData("Schedule Schedule => new MultiStep([{|DDSL0001:base.Augmentations.Count|}]);")]
    // Out of range, exclusive bounds, whole division, not a number.
    [InlineData("TrainingPlan Training => new() { BatchSize = {|DDSL0002:0|} };")]
    [InlineData("TrainingPlan Training => new() { Epochs = {|DDSL0002:1 / 3|} };")]
    [InlineData("TrainingPlan Training => new() { Epochs = {|DDSL0002:double.NaN|} };")]
    [InlineData("TrainingPlan Training => new() { Epochs = {|DDSL0002:double.PositiveInfinity|} };")]
    [InlineData("Optimizer Optimizer => new Sgd({|DDSL0002:-0.1|}, Momentum: {|DDSL0002:1.0|});")]
    [InlineData("ProposalHead ProposalHead => new Rpn { Channels = {|DDSL0002:0|} };")]
    [InlineData("BoxHead BoxHead => base.BoxHead with { BoxLoss = new SmoothL1Loss(Beta: {|DDSL0002:0|}) };")]
    [InlineData("TrainingPlan Training => base.Training with { BatchSize = Size }; public int Size => {|DDSL0002:-3|};")]
    [InlineData("Optimizer Optimizer => C.Wild; ")]
    [InlineData(
        "ValueList<Augmentation> Augmentations => [new CopyPaste({|DDSL0002:1.5|}), new Mosaic() { Fill = {|DDSL0002:256|} }, new RandomCrop({|DDSL0002:0|}, 5) { MinVisible = {|DDSL0002:1.01|} }];"
    )]
    [InlineData("TestTimeAugmentation TestTimeAugmentation => new() { TestScales = [1, {|DDSL0002:0.05|}, {|DDSL0002:11|}] };")]
    // Not among the allowed.
    [InlineData("Backbone Backbone => new ResNet({|DDSL0003:51|});")]
    [InlineData("Backbone Backbone => new ResNet(Depth: {|DDSL0003:C.Fifty + 1|});")]
    // Lists too short or long.
    [InlineData("Preprocessing Preprocessing => new() { Mean = {|DDSL0004:[1, 2]|} };")]
    [InlineData("Preprocessing Preprocessing => base.Preprocessing with { Std = {|DDSL0004:[.. base.Preprocessing.Std, 2]|} };")]
    [InlineData("ProposalHead ProposalHead => new Rpn { Anchors = new() { Scales = {|DDSL0004:[]|} } };")]
    // Circles of slots.
    [InlineData("Optimizer Optimizer => {|DDSL0005:Optimizer|};")]
    [InlineData("Optimizer Optimizer => {|DDSL0005:this.Optimizer|} with { NoDecayOnNormAndBias = true };")]
    [InlineData("int A => {|DDSL0005:B|}; public int B => C2; public int C2 => A;")]
    // Null where a part is needed.
    // Casts.
    [InlineData("BoxHead BoxHead => ({|DDSL0026:(WideHead)base.BoxHead|}) with { Extra = 2 };")]
    // No component.
    [InlineData("Optimizer Optimizer => {|DDSL0036:new Bare()|};")]
    // A name that is generated, unknown while it is.
    public void AMistake_IsShownAtItsPlace(string member)
    {
        var text = member.Contains("C.Wild", StringComparison.Ordinal)
            ? Around.Replace("Wild => new(5)", "Wild => new({|DDSL0002:5|})", StringComparison.Ordinal)
            : Around;
        GeneratorTest
            .Of(Folded.Declaration((member.StartsWith("int ", StringComparison.Ordinal) ? "public " : "public override ") + member, text))
            .Run();
    }

    private const string Around = """
        public static class C
        {
            public static readonly double Rate = 0.5;
            public static readonly Sgd Shared = new();
            public static Sgd Mutable { get; set; } = new();
            public const bool Flag = true;
            public const int Fifty = 50;
            public static Sgd Make() => new();
            public static ValueList<Augmentation> Many() => [];
            public static AdamW Wild => new(5);
        }
        [Component]
        public record WideHead : FullyConnectedBoxHead { public int Extra { get; init; } }
        public record Bare : Optimizer;
        """;
}
