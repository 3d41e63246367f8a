using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Detection.Selection;
using DetectorDsl.Structures;
using DetectorDsl.Training;
using Xunit;

namespace DetectorDsl.Generators.Tests.Planning;

/// <summary>
/// Problems of parts that do not fit together: each fires at the offending argument and alone, so what is generated beside it compiles; and stays
/// quiet where all is well.
/// </summary>
public class PlanningProblemTests
{
    private const string Backbone = "public override Backbone Backbone => new ResNet(18) { BaseChannels = 8 };";

    private const string Own = """
        [Component, Module(typeof(StubBackbone)), OutputLevels(StridesFrom = nameof(Strides), ChannelsFrom = nameof(Widths))]
        public record PlainBackbone(ValueList<int> Strides, ValueList<int> Widths) : Backbone;
        [Component, Module(typeof(Levels)), OutputLevels(ChannelsFrom = nameof(Widths))]
        public record OwnLevels(ValueList<int> Widths) : Neck;
        """;

    private static readonly string[] Misfits =
    [
        // Fewer levels than the backbone has.
        "public override Neck Neck => new Fpn(Levels: {|DDSL0007:3|});",
        "public override Neck Neck => new Fpn(256, {|DDSL0007:2|});",
        "public override Neck Neck => new CarafeFpn(Levels: {|DDSL0007:3|});",
        "public override Neck Neck => new BalancedFeaturePyramid { Inner = new Fpn(Levels: {|DDSL0007:3|}) };",
        "public override Neck Neck => new BalancedFeaturePyramid { RefineLevel = {|DDSL0007:5|} };",
        // Strides that are not those of the levels.
        "public override ProposalHead ProposalHead => new Rpn { Anchors = new() { Strides = {|DDSL0008:[8, 16, 32, 64, 128]|} } };",
        "public override ProposalHead ProposalHead => new Rpn { Anchors = new() { Strides = {|DDSL0008:[4, 8, 16, 32]|} } };",
        "public override RoiExtractor BoxFeatures => new RoiAlign(7) { Strides = {|DDSL0008:[8, 16]|} };",
        "public override RoiExtractor MaskFeatures => new RoiAlign(14) { Strides = {|DDSL0008:[4, 8, 16, 32, 64, 128]|} };",
        // Groups of channels that do not come out even.
        "public override Backbone Backbone => new ResNet(18) { BaseChannels = 24, Norm = new GroupNorm(Groups: {|DDSL0033:32|}) };",
        "public override ProposalHead ProposalHead => new GuidedAnchorRpn { Channels = 30, Anchoring = new() { OffsetGroups = {|DDSL0033:4|} } };",
        "public override Backbone Backbone => new ResNet(50) { BaseChannels = 8, Deformable = new DeformableConvolution(Groups: {|DDSL0033:16|}) };",
        // Bottlenecks' options on basic blocks, and groups that nothing is left for.
        "public override Backbone Backbone => {|DDSL0039:new ResNet(34, Groups: 32, WidthPerGroup: 4)|};",
        "public override Backbone Backbone => {|DDSL0039:new ResNet(18) { Deformable = new DeformableConvolution() }|};",
        "public override Backbone Backbone => {|DDSL0039:new ResNeXt() { BaseChannels = 8 }|};",
        "public override Neck Neck => new CarafeFpn { Upsampling = new Carafe { Groups = {|DDSL0033:3|} } };",
        "public override MaskHead MaskHead => new FcnMaskHead { Upsampling = new Carafe { Groups = {|DDSL0033:3|} } };",
        "public override MaskHead MaskHead => new FcnMaskHead { Norm = new GroupNorm({|DDSL0033:24|}) };",
        "public override Neck Neck => new Fpn { Norm = new GroupNorm({|DDSL0033:24|}) };",
        "public override BoxHead BoxHead => new FullyConnectedBoxHead { Convolutions = 1, Norm = new GroupNorm({|DDSL0033:24|}) };",
        // Noise that stays, since nothing moves it.
        "public override Backbone Backbone => new ResNet(18) { FrozenStages = {|DDSL0012:1|} };",
        "public override Backbone Backbone => new ResNet(18) { FrozenStages = {|DDSL0012:0|} };",
        "public override Backbone Backbone => new ResNet(18) { Norm = {|DDSL0012:new BatchNorm(BatchNormMode.Evaluate)|} };",
        "public override Backbone Backbone => new ResNet(18) { Norm = {|DDSL0012:new BatchNorm(BatchNormMode.Frozen)|} };",
        // Boxes in another form than the head's.
        "public override BoxHead BoxHead => new FullyConnectedBoxHead { BoxCoder = {|DDSL0051:new BucketBoxCoder()|} };",
        "public override BoxHead BoxHead => new SideAwareBoxHead { BoxCoder = {|DDSL0051:new DeltaBoxCoder()|} };",
        "public override BoxHead BoxHead => new SideAwareBoxHead { BoxCoder = new BucketBoxCoder(Buckets: {|DDSL0051:10|}) };",
        "public override BoxHead BoxHead => new SideAwareBoxHead { ClassAgnostic = {|DDSL0051:false|} };",
        "public override ProposalHead ProposalHead => new Rpn { BoxCoder = {|DDSL0051:new BucketBoxCoder()|} };",
        // Prime samples of what cannot be ranked or weighed.
        "public override RoiHead RoiHead => new PrimeSampleRoiHead(); public override BoxHead BoxHead => new FullyConnectedBoxHead { ClassificationLoss = {|DDSL0052:new GroupSoftmaxLoss()|} };",
        "public override RoiHead RoiHead => new PrimeSampleRoiHead { Reweighting = null }; public override BoxHead BoxHead => new FullyConnectedBoxHead { ClassificationLoss = {|DDSL0052:new FederatedLoss()|} };",
        "public override RoiHead RoiHead => new PrimeSampleRoiHead(); public override BoxHead BoxHead => {|DDSL0052:new SideAwareBoxHead()|};",
        "public override RoiHead RoiHead => new StandardRoiHead { Sampler = {|DDSL0053:new ScoreRankedBoxSampler(64, 0.25)|} };",
        "public override RoiHead RoiHead => new Cascade { Sampler = {|DDSL0053:new ScoreRankedBoxSampler(64, 0.25)|} };",
        "public override ProposalHead ProposalHead => new Rpn { Sampler = {|DDSL0053:new ScoreRankedBoxSampler(64, 0.25)|} };",
        // Modules that are not in the model.
        "public override TrainingPlan Training => new() { TrainOnly = [\"roi_head.bbox_head.fc_reg\", {|DDSL0040:\"bbox_head.fc_cls\"|}] };",
        "public override TrainingPlan Training => new() { TrainOnly = [{|DDSL0040:\"roi_head.bbox\"|}] };",
        "public override Optimizer Optimizer => new Sgd { Modules = [new ModuleFactors(\"backbone\", 0.1), new ModuleFactors({|DDSL0040:\"bbox_head\"|})] };",
        "public override Optimizer Optimizer => new AdamW { Modules = [new(\"neck\", 0.1), new({|DDSL0039:\"neck\"|}, WeightDecay: 0)] };",
        // Another number of classes than the category file's three.
        "public override DataSource? Data => {|DDSL0010:new RenderedData()|};",
    ];

    private static readonly string[] Fits =
    [
        "public override Neck Neck => new Fpn(Levels: 4);",
        "public override RoiHead RoiHead => new PrimeSampleRoiHead { Sampler = new RandomBoxSampler(64, 0.25), Reweighting = null }; public override BoxHead BoxHead => new FullyConnectedBoxHead { ClassificationLoss = new DropLoss() };",
        "public override RoiHead RoiHead => new PrimeSampleRoiHead(); public override BoxHead BoxHead => new FullyConnectedBoxHead { ClassificationLoss = new BalancedSoftmaxLoss() };",
        "public override BoxHead BoxHead => new SideAwareBoxHead(); public override RoiHead RoiHead => new HybridTaskCascade { Stages = [new(0.5, new BucketBoxCoder()), new(0.6, new BucketBoxCoder(Scale: 1.5))] };",
        "public override BoxHead BoxHead => new SideAwareBoxHead { BoxCoder = new BucketBoxCoder(Buckets: 10) }; public override RoiExtractor BoxFeatures => new RoiAlign(5);",
        "public override Neck Neck => new Fpn(Levels: 6);",
        "public override Neck Neck => new CarafeFpn { StartLevel = 3, Upsampling = new Carafe { Groups = 2 } };",
        "public override Neck Neck => new BalancedFeaturePyramid { RefineLevel = 4 };",
        "public override TrainingPlan Training => new() { TrainOnly = [\"roi_head.bbox_head\", \"neck\"] };",
        "public override Optimizer Optimizer => new Sgd { Modules = [new(\"backbone\", LearningRate: 0.1), new(\"backbone.layer4\"), new(\"roi_head.bbox_head.fc_cls\")] };",
        "public override ProposalHead ProposalHead => new Rpn { Anchors = new() { Strides = [4, 8, 16, 32, 64] } };",
        "public override ProposalHead ProposalHead => new GuidedAnchorRpn { Channels = 30, Anchoring = new() { OffsetGroups = 6 } };",
        "public override RoiExtractor BoxFeatures => new RoiAlign(7) { Strides = [4, 8] };",
        "public override Backbone Backbone => new ResNet(18) { BaseChannels = 24, Norm = new GroupNorm(Groups: 8) };",
        "public override Backbone Backbone => new ResNet(50, Groups: 4, WidthPerGroup: 16) { BaseChannels = 8, Deformable = new DeformableConvolution(Groups: 8) };",
        "public override Backbone Backbone => new ResNet(18) { FrozenStages = -1 };",
        "public override Backbone Backbone => new ResNet(18) { FrozenStages = 4, InitialWeights = \"backbone.safetensors\" };",
        "public override Backbone Backbone => new ResNet(18) { Norm = new BatchNorm(BatchNormMode.Frozen), InitialWeights = \"backbone.safetensors\" };",
    ];

    private static readonly string[] MisfitsOfOneStage =
    [
        "public override DenseHead DenseHead => new RetinaHead { ClassificationLoss = {|DDSL0011:new SeesawLoss()|} };",
        "public override DenseHead DenseHead => new FcosHead { ClassificationLoss = {|DDSL0011:new ObjectnessCrossEntropyLoss()|} };",
        "public override DenseHead DenseHead => new RetinaHead { BoxCoder = {|DDSL0051:new BucketBoxCoder()|} };",
        "public override DenseHead DenseHead => new FcosHead { NormGroups = {|DDSL0033:24|} };",
        "public override DenseHead DenseHead => new RetinaHead { NormGroups = {|DDSL0033:24|} };",
        "public override DenseHead DenseHead => new RetinaHead { Regression = new(), OverlapLoss = {|DDSL0052:new IouLoss()|} };",
        "public override DenseHead DenseHead => new GuidedAnchorRetinaHead { Channels = 20, Anchoring = new() { OffsetGroups = {|DDSL0033:8|} } };",
        "public override DenseHead DenseHead => new RetinaHead { Anchors = new() { Strides = {|DDSL0008:[4, 8, 16, 32, 64]|} } };",
        "public override Neck Neck => new Fpn { StartLevel = {|DDSL0007:4|} };",
        "public override Neck Neck => new Fpn(Levels: {|DDSL0007:2|}) { StartLevel = 1 };",
    ];

    [Fact]
    public void APartThatDoesNotFit_IsShownAtItsArgument() => Declared.Batch(Misfits).Run();

    [Fact]
    public void PartsThatFit_AreQuiet()
    {
        var files = Declared.Batch(Fits).Run().FileNames;
        Assert.All(Enumerable.Range(0, Fits.Length), index => Assert.Contains($"Declared{index}.Training.g.cs", files));
    }

    [Fact]
    public void APartOfOneStageThatDoesNotFit_IsShownAtItsArgument() => Declared.Batch(MisfitsOfOneStage, architecture: "RetinaNet").Run();

    [Fact]
    public void AnAssignerOfOnesOwn_ForGuidedAnchorsPlaces_IsRefused() =>
        Declared
            .Detector(
                $"{Backbone} public override ProposalHead ProposalHead => new GuidedAnchorRpn {{ Anchoring = new() {{ Assigner = {{|DDSL0039:new OwnAssigner()|}} }} }};",
                "[Component, Module(typeof(DetectorDsl.Detection.Matching.MaxIouAssigner))] public record OwnAssigner() : MaxIouAssigner(0.5, 0.5, 0.5);"
            )
            .Run();

    [Fact]
    public void ALossThatTellsNoPartOfAnAnchor_DoesNotWeighAnchors() =>
        Declared
            .Detector(
                $"{Backbone} public override DenseHead DenseHead => new RetinaHead {{ Reweighting = new PositiveReweighting(), ClassificationLoss = {{|DDSL0052:new Loss()|}} }};",
                "[Component, Module(typeof(DetectorDsl.Torch.Losses.CrossEntropyLoss)), Logits(1), LossTerms(\"loss_cls\")] public record Loss : ClassificationLoss;",
                architecture: "RetinaNet"
            )
            .Run();

    [Fact]
    public void CalibrationOfADetectorOfOneStage_IsRefused() =>
        Declared
            .Detector(
                $"{Backbone} public override DetectionSelection Detections => new() {{ Calibration = {{|DDSL0039:new NorCal()|}} }};",
                architecture: "RetinaNet"
            )
            .Run();

    [Fact]
    public void CalibrationWithoutImageCounts_IsRefused() =>
        Declared
            .Sources(
                $$"""
                using DetectorDsl;
                [CategorySet("plain.json")] public static partial class Plain;
                /// <summary>Finds cats.</summary>
                [Detector, Categories(typeof(Plain))] public partial record Declared : MaskRcnn
                {
                    {{Backbone}}
                    public override DetectionSelection Detections => new() { Calibration = {|DDSL0039:new NorCal()|} };
                }
                """
            )
            .WithFile("plain.json", "{\"categories\": [{\"id\": 1, \"name\": \"cat\"}]}")
            .Run();

    [Theory]
    // Strides that do not double, for a pyramid that adds neighbours.
    [InlineData(
        "public override Backbone Backbone => new PlainBackbone([4, 12], [8, 16]); public override Neck Neck => {|DDSL0008:new Fpn(8)|};"
    )]
    // Levels of several widths, under one head.
    [InlineData(
        "public override Backbone Backbone => new ResNet(18); public override Neck Neck => new OwnLevels([8, 8, 8, 16]); public override ProposalHead ProposalHead => {|DDSL0009:new Rpn()|};"
    )]
    // Lists that do not belong together.
    [InlineData("public override Backbone Backbone => {|DDSL0039:new PlainBackbone([4, 8], [8, 16, 32])|};")]
    [InlineData("public override Backbone Backbone => new ResNet(18); public override Neck Neck => {|DDSL0039:new OwnLevels([8, 16])|};")]
    public void LevelsOfOnesOwn_AreHeldAgainstThePartsBehindThem(string members) => Declared.Detector(members, Own).Run();

    [Theory]
    [InlineData(
        "public override Backbone Backbone => new PlainBackbone([4, 8], [8, 16]); public override Neck Neck => new Fpn(8, Levels: 2);"
    )]
    [InlineData("public override Backbone Backbone => new ResNet(18); public override Neck Neck => new OwnLevels([8]);")]
    [InlineData("public override Backbone Backbone => new PlainBackbone([8], [16]); public override Neck Neck => new OwnLevels([16]);")]
    public void LevelsOfOnesOwnThatFit_AreQuiet(string members) => AssertTrains(members, Own);

    [Theory]
    [InlineData(
        "[Component, Module(typeof(DetectorDsl.Torch.Losses.CrossEntropyLoss))] public record Loss : ClassificationLoss;",
        "DDSL0011"
    )]
    [InlineData(
        "[Component, Module(typeof(DetectorDsl.Torch.Losses.CrossEntropyLoss)), Logits(1)] public record Loss : ClassificationLoss;",
        "DDSL0011"
    )]
    [InlineData(
        "[Component, Module(typeof(DetectorDsl.Torch.Losses.CrossEntropyLoss)), Logits(1), LossTerms(\"loss_mask\")] public record Loss : ClassificationLoss;",
        "DDSL0011"
    )]
    [InlineData("[Component] public record Loss : ClassificationLoss;", "DDSL0011")]
    [InlineData("[Component, Logits(1), LossTerms(\"loss_cls\")] public record Loss : ClassificationLoss;", "DDSL0039")]
    public void ALossThatTheHeadCannotUse_IsShown(string loss, string id) =>
        Declared
            .Detector(
                $"{Backbone} public override BoxHead BoxHead => base.BoxHead with {{ ClassificationLoss = {{|{id}:new Loss()|}} }};",
                loss
            )
            .Run();

    [Fact]
    public void ALossThatStatesLogitsAndTerms_IsQuiet() =>
        AssertTrains(
            $"{Backbone} public override BoxHead BoxHead => base.BoxHead with {{ ClassificationLoss = new Loss() }};",
            "[Component, Module(typeof(DetectorDsl.Torch.Losses.CrossEntropyLoss)), Logits(1), LossTerms(\"loss_cls\")] public record Loss : ClassificationLoss;"
        );

    [Theory]
    [InlineData(
        "new DeltaBoxCoder(0.05, 0.1)",
        "{ BoxHead = new FullyConnectedBoxHead { ClassificationLoss = {|DDSL0041:new SeesawLoss()|} } }"
    )]
    [InlineData(
        "new DeltaBoxCoder(0.05, 0.1)",
        "{ BoxHead = new FullyConnectedBoxHead { ClassificationLoss = {|DDSL0041:new GroupSoftmaxLoss { Bounds = [5, 50, 500] }|} } }",
        "new GroupSoftmaxLoss()"
    )]
    [InlineData("{|DDSL0041:new Own()|}", "")]
    [InlineData("{|DDSL0041:new BucketBoxCoder(12)|}", "{ BoxHead = new SideAwareBoxHead() }")]
    public void APassThatDoesNotFitItsCascade_IsShown(string coder, string own, string loss = "new CrossEntropyLoss()") =>
        Declared
            .Detector(
                $"{Backbone} public override BoxHead BoxHead => new FullyConnectedBoxHead {{ ClassificationLoss = {loss} }}; public override RoiHead RoiHead => new Cascade {{ Stages = [new(0.5, new DeltaBoxCoder(0.1, 0.2)), new(0.6, {coder}) {own}] }};",
                """
                [Component, Module(typeof(OwnCoder))] public record Own : BoxCoder;
                public sealed class OwnCoder : DetectorDsl.Detection.BoxCoding.IBoxCoder
                {
                    public void EncodeTarget(DetectorDsl.Structures.Corners<float> box, DetectorDsl.Structures.Corners<float> target, System.Span<float> deltas) => deltas.Clear();
                    public DetectorDsl.Structures.Corners<float> DecodeWithin(DetectorDsl.Structures.Corners<float> box, System.ReadOnlySpan<float> deltas, int height, int width) => box;
                }
                """
            )
            .Run();

    [Theory]
    [InlineData("{|DDSL0039:new HybridTaskCascade { MasksInEveryPass = false }|}")]
    [InlineData("new HybridTaskCascade { Semantic = new SemanticBranch { Level = {|DDSL0007:5|} } }")]
    public void AHybridTaskCascadeThatCannotBe_IsShown(string roiHead) =>
        Declared.Detector($"{Backbone} public override RoiHead RoiHead => {roiHead};").Run();

    [Fact]
    public void AHybridTaskCascade_NeedsMasks() =>
        Declared
            .Detector($"{Backbone} public override RoiHead RoiHead => {{|DDSL0039:new HybridTaskCascade()|}};", architecture: "FasterRcnn")
            .Run();

    [Fact]
    public void MaskInformation_NeedsTheChannelsOfTheFeatures() =>
        Declared
            .Detector(
                $"{Backbone} public override RoiHead RoiHead => new HybridTaskCascade(); public override MaskHead MaskHead => {{|DDSL0009:new FcnMaskHead {{ Channels = 64 }}|}};"
            )
            .Run();

    [Fact]
    public void PassesOfOneLoss_AreQuiet() =>
        AssertTrains(
            $"{Backbone} public override RoiHead RoiHead => new Cascade {{ Stages = [new(0.5, new DeltaBoxCoder(0.1, 0.2)), new(0.6, new DeltaBoxCoder(0.05, 0.1)) {{ BoxHead = new FullyConnectedBoxHead {{ Layers = 1 }} }}] }};"
        );

    [Theory]
    [InlineData("Neck", "new Own()", "public record Own : Neck;")]
    [InlineData("ProposalHead", "new Own()", "public record Own : ProposalHead;")]
    [InlineData("RoiExtractor BoxFeatures", "new Own()", "public record Own : RoiExtractor;")]
    [InlineData("MaskHead", "new Own()", "public record Own : MaskHead;")]
    [InlineData("RoiHead", "new Own()", "public record Own : RoiHead;")]
    [InlineData("ImageSampler TrainSampler", "new Own()", "public record Own : ImageSampler;")]
    [InlineData("Optimizer", "new Own()", "public record Own : Optimizer;")]
    [InlineData("Schedule", "new Own()", "public record Own : Schedule;")]
    public void APartThatNobodyKnowsHowToMake_IsShown(string slot, string value, string component)
    {
        var member = slot.Contains(' ', StringComparison.Ordinal) ? slot : $"{slot} {slot}";
        Declared.Detector($"{Backbone} public override {member} => {{|DDSL0039:{value}|}};", $"[Component] {component}").Run();
    }

    [Theory]
    [InlineData("{|DDSL0010:2|}")]
    [InlineData("3")]
    public void AStatedNumberOfClasses_IsThatOfTheCategories(string classes) =>
        Declared
            .Detector(
                $"{Backbone} public override BoxHead BoxHead => base.BoxHead with {{ ClassificationLoss = new Loss({classes}) }};",
                "[Component, Module(typeof(DetectorDsl.Torch.Losses.CrossEntropyLoss)), Logits(1), LossTerms(\"loss_cls\")] public record Loss(int Classes) : ClassificationLoss;"
            )
            .Run();

    [Theory]
    [InlineData("internal", "new OwnLoss()")]
    [InlineData("public", "{|DDSL0039:new OwnLoss()|}")]
    public void AnInternalModule_IsNotShownByPublicTypes(string accessibility, string loss) =>
        Declared
            .Sources(
                $$"""
                using DetectorDsl;
                internal sealed class OwnModule(int classes) : DetectorDsl.Torch.Losses.ClassificationLoss(classes)
                {
                    public override int LogitCount => Classes + 1;
                    public TorchSharp.torch.Tensor forward(TorchSharp.torch.Tensor logits, TorchSharp.torch.Tensor labels, TorchSharp.torch.Tensor? weights, double averageFactor) => logits;
                    public override TorchSharp.torch.Tensor Scores(TorchSharp.torch.Tensor logits) => logits;
                }
                [Component, Module(typeof(OwnModule)), Logits(1), LossTerms("loss_cls")] internal record OwnLoss : ClassificationLoss;
                [Detector, Categories(typeof(Animals))]
                {{accessibility}} partial record Mine : MaskRcnn { {{Backbone}} public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = {{loss}} }; }
                """
            )
            .Run();

    [Fact]
    public void AnInternalModule_MayWorkForAPublicDeclarationUnseen() =>
        Declared
            .Sources(
                $$"""
                using DetectorDsl;
                internal sealed class OwnModule(DetectorDsl.Data.Sampling.ImageClassIndex index) : DetectorDsl.Data.Sampling.IImageSampler { public int[] Epoch(int epoch) => [index.Labels.Length]; }
                [Component, Module(typeof(OwnModule))] internal record OwnSampler : ImageSampler;
                [Detector, Categories(typeof(Animals))]
                public partial record Mine : MaskRcnn { {{Backbone}} public override ImageSampler TrainSampler => new OwnSampler(); }
                """
            )
            .Run();

    [Theory]
    [InlineData("public class DeclaredModel;", true)]
    [InlineData("internal static class DeclaredCategories;", true)]
    [InlineData("public enum DeclaredBackbone { One }", true)]
    // A part of the training is the user's to write, and what is not generated is not taken.
    [InlineData(
        "public sealed partial class DeclaredTraining { partial void OnAfterEpoch(DetectorDsl.Training.TrainingRun run) { } }",
        false
    )]
    [InlineData("public class DeclaredCascade;", false)]
    public void ATypeOfAGeneratedName_IsShownAtTheDeclaration(string type, bool isTaken) =>
        Declared
            .Sources(
                $$"""
                using DetectorDsl;
                {{type}}
                [Detector, Categories(typeof(Animals))]
                public partial record {{(isTaken ? "{|DDSL0013:Declared|}" : "Declared")}} : MaskRcnn { {{Backbone}} }
                """
            )
            .Run();

    [Theory]
    [InlineData("Mine", "{|DDSL0013:Mine|}", true)]
    [InlineData("Mine", "{|DDSL0013:MINE|}", true)]
    [InlineData("Mine", "Yours", true)]
    [InlineData("Mine", "Mine", false)]
    public void TwoDeclarationsOfOneName_CannotShareACommandLine(string first, string second, bool isProgram)
    {
        var test = Declared.Sources(
            $$"""
            using DetectorDsl;
            namespace A { [Detector, Categories(typeof(Animals))] public partial record {{first}} : MaskRcnn { {{Backbone}} } }
            namespace B { [Detector, Categories(typeof(Animals))] public partial record {{second}} : MaskRcnn { {{Backbone}} } }
            """
        );
        (isProgram ? test.AsProgram() : test).Run();
    }

    /// <summary>Code that uses what a declaration yields compiles while the declaration is wrong, so that its mistake stands alone.</summary>
    [Theory]
    [InlineData(Backbone + "public override Neck Neck => new Fpn(Levels: {|DDSL0007:3|});")]
    [InlineData("public override Backbone Backbone => new ResNet({|DDSL0003:19|});")]
    [InlineData(Backbone)]
    public void CodeAroundAWrongDeclaration_Compiles(string members) =>
        Declared
            .Detector(
                members,
                """
                using System;
                using System.Linq;
                using DetectorDsl.Data.Datasets;
                using DetectorDsl.Detection.BoxCoding;
                using DetectorDsl.Detection.Matching;
                using DetectorDsl.Detection.Preparation;
                using DetectorDsl.Detection.Sampling;
                using DetectorDsl.Detection.Selection;
                using DetectorDsl.Training;
                using static TorchSharp.torch;
                public sealed partial class DeclaredTraining
                {
                    partial void OnTrainingStarting(TrainingRun run) => Console.WriteLine(run.TotalUpdates);
                    partial void OnBeforeStep(TrainingRun run, DetectionBatch batch) => Console.WriteLine(batch.Truths);
                    partial void OnAfterStep(TrainingRun run, DeclaredLosses losses) => Console.WriteLine(losses);
                    partial void OnAfterEpoch(TrainingRun run) => Console.WriteLine(run.Update);
                }

                public static class User
                {
                    public static void Train(DetectionDataset data, OutputFolder output, ITrainingProgress progress)
                    {
                        using var model = new DeclaredModel();
                        using var training = new DeclaredTraining(model, new DeclaredOptions(), data, seed: 1, CPU);
                        using var run = training.Open(output, progress);
                        training.Run(run);
                        Console.WriteLine($"{DeclaredDescription.Parameters} {DeclaredDescription.MultiplyAdds} {DeclaredDescription.Text} {model.parameters().Count()}");
                    }

                    public static void Predict()
                    {
                        using var predictor = DeclaredPredictor.Load("model.safetensors", device: CPU);
                        foreach (var found in predictor.Predict("image.jpg"))
                            Console.WriteLine(found.Class);
                    }
                }
                """
            )
            .Run();

    [Fact]
    public void WithoutCategories_ADeclarationCannotBeTrained() =>
        Declared.Sources($"using DetectorDsl; [Detector] public partial record {{|DDSL0032:Mine|}} : MaskRcnn {{ {Backbone} }}").Run();

    [Fact]
    public void AnAbstractDeclaration_MayLeaveItsCategoriesOpen() =>
        Declared
            .Sources(
                $$"""
                using DetectorDsl;
                [Detector] public abstract partial record Open : MaskRcnn { {{Backbone}} }
                [Detector, Categories(typeof(Animals))] public partial record Closed : Open;
                """
            )
            .Run();

    [Fact]
    public void AnArchitectureOfOnesOwn_IsShown() =>
        Declared
            .Sources(
                $"using DetectorDsl; [Detector, Categories(typeof(Animals))] public partial record {{|DDSL0039:Mine|}} : Detector {{ {Backbone} }}"
            )
            .Run();

    [Fact]
    public void KeywordsAsNames_AreQuiet() =>
        Declared
            .Sources(
                $$"""
                namespace Some.@namespace
                {
                    using DetectorDsl;
                    [Component, Module(typeof(@class))] public record @event(int Int) : ImageSampler;
                    public sealed class @class(int @int) : DetectorDsl.Data.Sampling.IImageSampler { public int[] Epoch(int epoch) => [@int]; }
                    [Detector, Categories(typeof(Animals))] public partial record @struct : MaskRcnn { {{Backbone}} public override ImageSampler TrainSampler => new @event(3); }
                    [Detector] public partial record @is : @struct;
                }
                """
            )
            .Run();

    private static void AssertTrains(string members, string around = "") =>
        Assert.Contains("Declared.Training.g.cs", Declared.Detector(members, around).Run().FileNames);
}
