using DetectorDsl.Structures;
using DetectorDsl.Training.Optimization;
using DetectorDsl.Training.Schedules;
using Xunit;

namespace DetectorDsl.Generators.Tests.Planning;

/// <summary>Classes of the user's own: what is offered to them arrives, and what they lack is shown at the attribute that names them.</summary>
public class UserModuleTests
{
    private const string Usings = """
        #pragma warning disable CS9113, CS8019, CA1822
        using System;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using DetectorDsl;
        using DetectorDsl.Data.Augmentation;
        using DetectorDsl.Data.Sampling;
        using DetectorDsl.Structures;
        using DetectorDsl.Training.Optimization;
        using DetectorDsl.Training.Schedules;
        using TorchSharp;
        using static TorchSharp.torch;

        """;

    private const string WithBackbone = "public override Backbone Backbone => new ResNet(18) { BaseChannels = 8 };";

    /// <summary>Every offer of every place, as each type that can take it.</summary>
    [Fact]
    public void WhatIsOffered_Arrives() =>
        Declared
            .Sources(
                Usings
                    + $$"""
                    public sealed class Poly(long totalUpdates, double epochs, double power) : LearningRateSchedule { public override double Factor(long step) => Math.Pow(1 - (step / (double)totalUpdates), power + epochs); }
                    [Component, Module(typeof(Poly))] public record PolySchedule(double Power = 0.9) : Schedule;

                    public sealed class Plain(nn.Module model, double momentum) : DetectorDsl.Training.Optimization.Optimizer([])
                    {
                        public override void Step(double learningRate, Tensor? foundNonFinite = null) { }
                        public override IEnumerable<KeyValuePair<string, Tensor>> State() => [];
                        public override void LoadState(Func<string, Tensor?> read) { }
                        protected override void Dispose(bool disposing) { }
                    }
                    [Component, Module(typeof(Plain))] public record PlainOptimizer(double Momentum = 0.9) : DetectorDsl.Optimizer { public double LearningRate { get; init; } = 0.1; }

                    public sealed class Predictor(int inChannels, int outChannels, int classes) : nn.Module<Tensor, Tensor>("own") { public override Tensor forward(Tensor x) => x * inChannels * outChannels; }
                    [Component, Module(typeof(Predictor))] public record OwnPredictor : MaskPredictor;

                    public sealed class Last(long inFeatures, int outFeatures, IReadOnlyList<int> imageCounts) : nn.Module<Tensor, Tensor>("own") { public override Tensor forward(Tensor x) => x; }
                    [Component, Module(typeof(Last))] public record OwnLast : Classifier;

                    public sealed class Drawn(long seed, int classes, int[] classCounts, List<int> imageCounts) : IAugmentation { public Sample Apply(Sample sample, RandomSource random, IPartners partners) => sample; }
                    [Component, Module(typeof(Drawn))] public record OwnAugmentation : Augmentation;

                    public sealed class Images(ImageClassIndex index, long seed, IReadOnlyList<int> classCounts) : IImageSampler { public int[] Epoch(int epoch) => [index.Labels.Length]; }
                    [Component, Module(typeof(Images))] public record OwnImages : ImageSampler;

                    public sealed class Scores(ImmutableArray<int> imageCounts, int classes) { public Tensor Apply(Tensor scores) => scores; }
                    [Component, Module(typeof(Scores))] public record OwnScores : ScoreCalibration;

                    public sealed class OneWidth(int inputChannels, int[] inputStrides) : nn.Module<Tensor[], Tensor[]>("own") { public override Tensor[] forward(Tensor[] maps) => maps; }
                    [Component, Module(typeof(OneWidth)), OutputLevels(Channels = [24])] public record OwnNeck : Neck;

                    public sealed class Sampled(int classes) : DetectorDsl.Detection.Sampling.IBoxSampler { public bool AddGroundTruth => true; public DetectorDsl.Detection.Sampling.BoxSample Sample(DetectorDsl.Detection.Matching.Assignment assignment, RandomSource random) => throw new NotSupportedException(); }
                    [Component, Module(typeof(Sampled))] public record OwnSampler : BoxSampler;

                    public sealed class Lots(int classes) : DetectorDsl.Torch.Losses.ClassificationLoss(classes), DetectorDsl.Torch.Losses.IRegionLosses
                    {
                        public override int LogitCount => Classes + 1;
                        public override Tensor Scores(Tensor logits) => logits;
                        public Tensor RegionLosses(Tensor logits, Tensor labels) => logits;
                        public (Tensor, Tensor) forward(Tensor logits, Tensor labels, Tensor? weights, double averageFactor, long stepSeed, IReadOnlyList<long> objects) => (logits, logits);
                    }
                    [Component, Module(typeof(Lots)), Logits(1, Dense = false, PerRegion = true), LossTerms("loss_first", "loss_second"), LossNeeds(StepSeed = true, Objects = true)] public record OwnLots : ClassificationLoss;

                    [Detector, Categories(typeof(Animals))]
                    public partial record Whole : MaskRcnn
                    {
                        {{WithBackbone}}
                        public override Schedule Schedule => new PolySchedule();
                        public override DetectorDsl.Optimizer Optimizer => new PlainOptimizer();
                        public override MaskHead MaskHead => base.MaskHead with { Predictor = new OwnPredictor() };
                        public override BoxHead BoxHead => base.BoxHead with { Classifier = new OwnLast(), ClassificationLoss = new OwnLots() };
                        public override ValueList<Augmentation> Augmentations => [new OwnAugmentation()];
                        public override ImageSampler TrainSampler => new OwnImages();
                        public override DetectionSelection Detections => new() { Calibration = new OwnScores() };
                        public override RoiHead RoiHead => new StandardRoiHead { Sampler = new OwnSampler() };
                    }

                    [Component, Module(typeof(StubBackbone)), OutputLevels(Strides = [8, 16], Channels = [24])] public record TwoMaps : Backbone;
                    [Component, Module(typeof(StubBackbone)), OutputLevels(Strides = [8, 16], Channels = [24, 48])] public record UnequalMaps : Backbone;
                    [Detector, Categories(typeof(Animals))] public partial record Even : MaskRcnn { public override Backbone Backbone => new TwoMaps(); public override Neck Neck => new OwnNeck(); }
                    [Detector, Categories(typeof(Animals))] public partial record Uneven : MaskRcnn { public override Backbone Backbone => new UnequalMaps(); public override Neck Neck => {|DDSL0018:new OwnNeck()|}; }
                    """
            )
            .Run();

    /// <summary>Classes that cannot do a component's work, each told at the attribute that names it, and nowhere else.</summary>
    [Fact]
    public void AClassThatCannotDoTheWork_IsShownAtItsAttribute()
    {
        (string Slot, string Component, string Class)[] wrong =
        [
            // Nothing that the place could call.
            (
                "Backbone Backbone => new Own()",
                "[Component, {|DDSL0017:Module(typeof(Work))|}, OutputLevels(Channels = [16, 32], Strides = [4, 8])] public record Own : Backbone;",
                "public sealed class Work { }"
            ),
            (
                "Neck Neck => new Own()",
                "[Component, {|DDSL0017:Module(typeof(Work))|}, OutputLevels(Channels = [16])] public record Own : Neck;",
                "public sealed class Work() : nn.Module<Tensor, Tensor[]>(\"w\") { public override Tensor[] forward(Tensor x) => [x]; }"
            ),
            (
                "BoxHead BoxHead => base.BoxHead with { Classifier = new Own() }",
                "[Component, {|DDSL0017:Module(typeof(Work))|}] public record Own : Classifier;",
                "public sealed class Work() : nn.Module(\"w\");"
            ),
            (
                "MaskHead MaskHead => base.MaskHead with { Loss = new Own() }",
                "[Component, {|DDSL0017:Module(typeof(Work))|}] public record Own : MaskLoss;",
                "public sealed class Work { public Tensor forward(Tensor x) => x; }"
            ),
            (
                "BoxHead BoxHead => base.BoxHead with { BoxLoss = new Own() }",
                "[Component, {|DDSL0017:Module(typeof(Work))|}] public record Own : BoxLoss;",
                "public sealed class Work { public double forward(Tensor a, Tensor b, Tensor? c, double d) => d; }"
            ),
            (
                "ImageSampler TrainSampler => new Own()",
                "[Component, {|DDSL0017:Module(typeof(Work))|}] public record Own : ImageSampler;",
                "public sealed class Work(ImageClassIndex index) { }"
            ),
            (
                "ValueList<Augmentation> Augmentations => [new Own()]",
                "[Component, {|DDSL0017:Module(typeof(Work))|}] public record Own : Augmentation;",
                "public sealed class Work { }"
            ),
            (
                "Schedule Schedule => new Own()",
                "[Component, {|DDSL0017:Module(typeof(Work))|}] public record Own : Schedule;",
                "public sealed class Work { public double Factor(long step) => 1; }"
            ),
            (
                "DetectionSelection Detections => new() { Calibration = new Own() }",
                "[Component, {|DDSL0017:Module(typeof(Work))|}] public record Own : ScoreCalibration;",
                "public sealed class Work { }"
            ),
            (
                "ProposalHead ProposalHead => new Rpn { BoxCoder = new Own() }",
                "[Component, {|DDSL0017:Module(typeof(Work))|}] public record Own : BoxCoder;",
                "public sealed class Work { }"
            ),
            (
                "ProposalHead ProposalHead => new Rpn { Assigner = new Own() }",
                "[Component, {|DDSL0017:Module(typeof(Work))|}] public record Own : BoxAssigner;",
                "public sealed class Work { }"
            ),
            // Losses over the classes: the base, the method, what it takes and yields.
            (
                Loss,
                "[Component, {|DDSL0017:Module(typeof(Work))|}, Logits(1), LossTerms(\"loss_cls\")] public record Own : ClassificationLoss;",
                "public sealed class Work(int classes) { }"
            ),
            (
                Loss,
                "[Component, {|DDSL0017:Module(typeof(Work))|}, Logits(1), LossTerms(\"loss_cls\")] public record Own : ClassificationLoss;",
                Classified("")
            ),
            (
                Loss,
                "[Component, {|DDSL0017:Module(typeof(Work))|}, Logits(1), LossTerms(\"loss_cls\")] public record Own : ClassificationLoss;",
                Classified("internal Tensor forward(Tensor l, Tensor y, Tensor? w, double n) => l;")
            ),
            (
                Loss,
                "[Component, {|DDSL0017:Module(typeof(Work))|}, Logits(1), LossTerms(\"loss_a\", \"loss_b\")] public record Own : ClassificationLoss;",
                Classified("public Tensor forward(Tensor l, Tensor y, Tensor? w, double n) => l;")
            ),
            (
                Loss,
                "[Component, {|DDSL0017:Module(typeof(Work))|}, Logits(1), LossTerms(\"loss_cls\"), LossNeeds(StepSeed = true)] public record Own : ClassificationLoss;",
                Classified("public Tensor forward(Tensor l, Tensor y, Tensor? w, double n) => l;")
            ),
            (
                Loss,
                "[Component, {|DDSL0017:Module(typeof(Work))|}, Logits(1, PerRegion = true), LossTerms(\"loss_cls\")] public record Own : ClassificationLoss;",
                Classified("public Tensor forward(Tensor l, Tensor y, Tensor? w, double n) => l;")
            ),
            // Classes that generated code cannot name.
            (
                "ImageSampler TrainSampler => new Own()",
                "[Component, {|DDSL0017:Module(typeof(Work))|}] public record Own : ImageSampler;",
                "file sealed class Work(ImageClassIndex index) : IImageSampler { public int[] Epoch(int epoch) => [index.Labels.Length]; }"
            ),
            (
                "ImageSampler TrainSampler => new Outer.Own()",
                "public static partial class Outer { [Component, {|DDSL0017:Module(typeof(Work))|}] internal record Own : ImageSampler; }",
                "public static partial class Outer { private sealed class Work(ImageClassIndex index) : IImageSampler { public int[] Epoch(int epoch) => [index.Labels.Length]; } }"
            ),
            // Parameters that what is offered does not fit.
            (
                "ImageSampler TrainSampler => new Own()",
                "[Component, {|DDSL0019:Module(typeof(Work))|}] public record Own : ImageSampler;",
                "public sealed class Work(ImageClassIndex index, int seed) : IImageSampler { public int[] Epoch(int epoch) => [index.Labels.Length]; }"
            ),
            (
                "ImageSampler TrainSampler => new Own()",
                "[Component, {|DDSL0019:Module(typeof(Work))|}] public record Own : ImageSampler;",
                "public sealed class Work(string index) : IImageSampler { public int[] Epoch(int epoch) => []; }"
            ),
            (
                "Schedule Schedule => new Own()",
                "[Component, {|DDSL0019:Module(typeof(Work))|}] public record Own : Schedule;",
                "public sealed class Work(int totalUpdates) : LearningRateSchedule { public override double Factor(long step) => 1; }"
            ),
            // Terms and logits.
            .. new[] { "loss-cls", "class", "", "1st", "loss a\\\"; //", "Terms", "logits" }.Select(term =>
                (
                    Loss,
                    $"[Component, Module(typeof(Work)), Logits(1), {{|DDSL0011:LossTerms(\"{term}\")|}}] public record Own : ClassificationLoss;",
                    Classified("public Tensor forward(Tensor l, Tensor y, Tensor? w, double n) => l;")
                )
            ),
            (
                Loss,
                "[Component, Module(typeof(Work)), Logits(1), {|DDSL0011:LossTerms(\"loss_a\", \"loss_a\")|}] public record Own : ClassificationLoss;",
                Classified("public (Tensor, Tensor) forward(Tensor l, Tensor y, Tensor? w, double n) => (l, l);")
            ),
            (
                Loss,
                "[Component, Module(typeof(Work)), {|DDSL0011:Logits(-1)|}, LossTerms(\"loss_cls\")] public record Own : ClassificationLoss;",
                Classified("public Tensor forward(Tensor l, Tensor y, Tensor? w, double n) => l;")
            ),
            // What the loop and the trainer read of components.
            (
                "DetectorDsl.Optimizer Optimizer => {|DDSL0039:new Own()|}",
                "[Component, Module(typeof(Work))] public record Own(double Momentum = 0.9) : DetectorDsl.Optimizer;",
                "public sealed class Work(double momentum) : DetectorDsl.Training.Optimization.Optimizer([]) { public override void Step(double learningRate, Tensor? foundNonFinite = null) { } public override IEnumerable<KeyValuePair<string, Tensor>> State() => []; public override void LoadState(Func<string, Tensor?> read) { } protected override void Dispose(bool disposing) { } }"
            ),
            ("DataSource? Data => {|DDSL0039:new Own(\"x\")|}", "[Component] public record Own(string Url) : DataSource;", ""),
            (
                "Backbone Backbone => {|DDSL0039:new Own()|}",
                "[Component, Module(typeof(StubBackbone)), OutputLevels(Channels = [0], Strides = [4])] public record Own : Backbone;",
                ""
            ),
            (
                "Backbone Backbone => {|DDSL0039:new Own()|}",
                "[Component, Module(typeof(StubBackbone)), OutputLevels(Channels = [8], Strides = [8, 4])] public record Own : Backbone;",
                ""
            ),
        ];
        Declared
            .Sources([
                .. wrong.Select(
                    (item, i) =>
                        $$"""
                            {{Usings}}
                            namespace N{{i}}
                            {
                                {{item.Class}}
                                {{item.Component}}
                                [Detector, Categories(typeof(Animals))]
                                public partial record Mine : MaskRcnn { {{(
                                item.Slot.StartsWith("Backbone", StringComparison.Ordinal) ? "" : WithBackbone
                            )}} public override {{item.Slot}}; }
                            }
                            """
                ),
            ])
            .Run();
    }

    [Fact]
    public void MilestonesBeyondTheRun_AreToldAsAMistakeOrAWarning() =>
        Declared
            .Sources(
                $$"""
                using DetectorDsl;
                [Detector, Categories(typeof(Animals))] public partial record Inherits : MaskRcnn { {{WithBackbone}} public override TrainingPlan Training => new() { Epochs = {|DDSL0002:3|} }; }
                [Detector, Categories(typeof(Animals))] public partial record States : MaskRcnn { {{WithBackbone}} public override Schedule Schedule => new MultiStep([8, {|DDSL0002:12|}]); }
                [Detector, Categories(typeof(Animals))] public partial record Both : MaskRcnn { {{WithBackbone}} public override Schedule Schedule => new MultiStep([2, 2.5]); public override TrainingPlan Training => new() { Epochs = 3 }; }
                """
            )
            .Run();

    private const string Loss = "BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new Own() }";

    private static string Classified(string forward) =>
        $"public sealed class Work(int classes) : DetectorDsl.Torch.Losses.ClassificationLoss(classes) {{ public override int LogitCount => Classes + 1; public override Tensor Scores(Tensor logits) => logits; {forward} }}";
}
