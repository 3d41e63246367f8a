using DetectorDsl.Generators.Tests.Helpers;
using Xunit;

namespace DetectorDsl.Generators.Tests.Resolving;

/// <summary>What attributes state of values and of pairs of them is checked where a value is written.</summary>
public class ConstraintTests
{
    /// <summary>Slots with a wrong value, each marked.</summary>
    private static readonly string[] Wrong =
    [
        // Items of lists.
        "public override ProposalHead ProposalHead => new Rpn { Anchors = new() { Scales = [8, {|DDSL0002:-8|}] } };",
        "public override ProposalHead ProposalHead => new Rpn { Anchors = new() { Ratios = [{|DDSL0002:0|}, 1] } };",
        "public override ProposalHead ProposalHead => new Rpn { Anchors = new() { Strides = [4, {|DDSL0002:4|}] } };",
        "public override ProposalHead ProposalHead => new GuidedAnchorRpn { Anchoring = new() { Ratios = {|DDSL0004:[]|} } };",
        "public override ValueList<Augmentation> Augmentations => [new Resize({|DDSL0004:[]|}, 1333)];",
        "public override ValueList<Augmentation> Augmentations => [new Resize([640, {|DDSL0002:-800|}], 1333)];",
        "public override ValueList<Augmentation> Augmentations => [new MinIouCrop { MinOverlaps = [{|DDSL0002:2.0|}, {|DDSL0002:-1|}] }];",
        "public override Preprocessing Preprocessing => new() { Std = [58, {|DDSL0002:0|}, 57] };",
        "public override Preprocessing Preprocessing => new() { Mean = [1, 2, {|DDSL0002:double.NaN|}] };",
        "public override RoiExtractor BoxFeatures => new RoiAlign(7) { Strides = {|DDSL0004:[]|} };",
        // What rises.
        "public override Schedule Schedule => new MultiStep([11, {|DDSL0002:8|}]);",
        "public override Schedule Schedule => new MultiStep([{|DDSL0002:-3|}, 8]);",
        "public override Schedule Schedule => new MultiStep([{|DDSL0002:double.PositiveInfinity|}, {|DDSL0002:double.NaN|}]);",
        "public override Schedule Schedule => new MultiStep({|DDSL0004:[]|});",
        "public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new GroupSoftmaxLoss { Bounds = [1000, {|DDSL0002:100|}, 10] } };",
        // Pairs, shown at what the declaration wrote of them.
        "public override ValueList<Augmentation> Augmentations => [new LargeScaleJitter { MinScale = {|DDSL0002:2|}, MaxScale = 0.1 }];",
        "public override ValueList<Augmentation> Augmentations => [new LargeScaleJitter { MaxScale = {|DDSL0002:0.05|} }];",
        "public override ValueList<Augmentation> Augmentations => [new LargeScaleJitter { MinScale = {|DDSL0002:3|} }];",
        "public override ValueList<Augmentation> Augmentations => [new PhotometricDistortion { MinContrast = {|DDSL0002:2|}, MaxContrast = 1 }];",
        "public override ValueList<Augmentation> Augmentations => [new PhotometricDistortion { MaxSaturation = {|DDSL0002:0.1|} }];",
        "public override ValueList<Augmentation> Augmentations => [new RelativeCrop(MinShare: {|DDSL0002:0.9|}, MaxShare: 0.2)];",
        "public override ValueList<Augmentation> Augmentations => [new Mosaic { MinCentre = {|DDSL0002:1.8|} }];",
        "public override ProposalHead ProposalHead => new Rpn { Assigner = new MaxIouAssigner(0.3, {|DDSL0002:0.7|}, 0.3) };",
        "public override ProposalHead ProposalHead => new GuidedAnchorRpn { Anchoring = new() { CentreShare = {|DDSL0002:0.6|} } };",
        "public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new AdaptiveClassSuppressionLoss(RareImages: {|DDSL0002:500|}) };",
        "public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new AdaptiveClassSuppressionLoss() with { CommonShare = {|DDSL0002:0.001|} } };",
        // Texts, and numbers that are none.
        "public override Backbone Backbone => new ResNet(50) { InitialWeights = {|DDSL0002:\"\"|} };",
        "public override DataSource? Data => new DataFolder({|DDSL0002:\"\"|});",
        "public override Neck Neck => new Own(1, Free: {|DDSL0002:double.NaN|});",
        "public override Neck Neck => new Own(1, Free: {|DDSL0002:double.NegativeInfinity|});",
        // Components of one's own: with bounds of their own, and with those of what they derive from.
        "public override Neck Neck => new Own({|DDSL0002:5|}, High: 3);",
        "public override Neck Neck => new Own(1, High: 2) with { High = {|DDSL0002:0|} };",
        "public override Optimizer Optimizer => new Faster({|DDSL0002:-1.0|});",
        "public override BoxAssigner Assigned => new Narrow({|DDSL0002:0.9|});",
    ];

    private static readonly string[] Right =
    [
        "public override ValueList<Augmentation> Augmentations => [new RelativeCrop(0.5, 0.5), new LargeScaleJitter { MinScale = 1, MaxScale = 1 }, new MinIouCrop { MinOverlaps = [] }];",
        "public override Schedule Schedule => new MultiStep([0.5, 8, 11.25]);",
        "public override ProposalHead ProposalHead => new Rpn { Assigner = new MaxIouAssigner(0.5, 0.5, 0.5) };",
        "public override Neck Neck => new Own(3, High: 3, Free: -1e300, Endless: double.PositiveInfinity);",
        "public override Optimizer Optimizer => new Faster(0.5);",
    ];

    [Fact]
    public void AWrongValue_IsShownWhereItIsWritten() => Run(Wrong);

    [Fact]
    public void ARightValue_IsQuiet() => Run(Right);

    private static void Run(IReadOnlyList<string> slots)
    {
        var declarations = slots.Select(
            (slot, i) =>
                $$"""
                    [Detector] public partial record D{{i}} : MaskRcnn { {{(
                        slot.Contains(" Backbone ", StringComparison.Ordinal) ? "" : "public override Backbone Backbone => new ResNet(50);"
                    )}} {{slot.Replace("override BoxAssigner Assigned", "BoxAssigner Assigned", StringComparison.Ordinal)}} }

                    """
        );
        GeneratorTest
            .Of(
                $$"""
                using System.ComponentModel.DataAnnotations;
                using DetectorDsl;
                [Component] public record Own([AtMost(nameof(High))] int Low, int High = 10, double Free = 1, [Range(0, double.PositiveInfinity)] double Endless = 0) : Neck;
                [Component] public record Faster(double Rate) : Sgd(LearningRate: Rate);
                [Component] public record Narrow(double Background) : MaxIouAssigner(0.5, Background, 0.5);
                {{string.Concat(declarations)}}
                """
            )
            .Run();
    }
}
