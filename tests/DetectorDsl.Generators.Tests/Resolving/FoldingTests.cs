using DetectorDsl.Generators.Models;
using Xunit;

namespace DetectorDsl.Generators.Tests.Resolving;

/// <summary>Each form in which a value can be written.</summary>
public class FoldingTests
{
    [Fact]
    public void AVariantOfTheLibrarysMaskRcnn_HasAllItsSlots()
    {
        var spec = Folded.Run("").Spec();

        Assert.Equal(["DetectorDsl.MaskRcnn", "DetectorDsl.FasterRcnn", "DetectorDsl.Detector"], spec.BaseTypes);
        Assert.Equal(
            [
                "Backbone",
                "Neck",
                "Detections",
                "Preprocessing",
                "Data",
                "Augmentations",
                "TrainSampler",
                "Optimizer",
                "Schedule",
                "Training",
                "Evaluation",
                "ProposalHead",
                "RoiHead",
                "BoxFeatures",
                "BoxHead",
                "TestTimeAugmentation",
                "MaskFeatures",
                "MaskHead",
            ],
            spec.Slots.Select(slot => slot.Name)
        );
        Assert.Equal(
            "ResNet(Depth: 50, Groups: 1, WidthPerGroup: 64, BaseChannels: 64, FrozenStages: -1, Norm: BatchNorm(Mode: Train, Epsilon: 1E-05, Momentum: 0.1), Deformable: null, InitialWeights: null)",
            Folded.Print(spec["Backbone"])
        );
        Assert.True(spec.Component("Backbone").Info.Is("DetectorDsl.Backbone"));
    }

    [Theory]
    [InlineData("new(101)", "101", "64")]
    [InlineData("new(Depth: 18) { BaseChannels = 16 }", "18", "16")]
    public void New_TakesArgumentsAndInitialisers(string expression, string depth, string channels)
    {
        var backbone = Folded
            .Run($"public override Backbone Backbone => {expression.Replace("new(", "new ResNet(", StringComparison.Ordinal)};")
            .Spec()
            .Component("Backbone");
        Assert.Equal(depth, backbone["Depth"].Display);
        Assert.Equal(channels, backbone["BaseChannels"].Display);
    }

    [Theory]
    // Target-typed, and every argument left out.
    [InlineData("TrainingPlan Training => new();", "Training", "Epochs: 12.0, BatchSize: 2")]
    // Conversion of a constant to the property's type.
    [InlineData("TrainingPlan Training => new() { Epochs = 3 };", "Training", "Epochs: 3.0, BatchSize: 2")]
    [InlineData("TrainingPlan Training => new() { Epochs = 1 + 2 * 3, BatchSize = 1 / 3 + 1 };", "Training", "Epochs: 7.0, BatchSize: 1")]
    [InlineData("TrainingPlan Training => new() { Epochs = 0.1f };", "Training", "Epochs: 0.10000000149011612")]
    // Constants of other types.
    [InlineData("TrainingPlan Training => new() { BatchSize = C.Four };", "Training", "BatchSize: 4")]
    [InlineData("DataSource? Data => new DataFolder(\"a\" + C.Name);", "Data", "DataFolder(Path: \"ab\")")]
    [InlineData("DataSource? Data => new RenderedData(RenderedStep.Full);", "Data", "RenderedData(Step: Full)")]
    [InlineData("DataSource? Data => null;", "Data", "null")]
    [InlineData("DataSource? Data => default;", "Data", "null")]
    // Named arguments out of order; enum members.
    [InlineData(
        "Optimizer Optimizer => new Sgd(Momentum: 0.5, LearningRate: 0.1) { NoDecayOnNormAndBias = true };",
        "Optimizer",
        "Modules: [], LearningRate: 0.1, Momentum: 0.5"
    )]
    [InlineData(
        "BoxHead BoxHead => new FullyConnectedBoxHead { ClassificationLoss = new SeesawLoss(Counts: SeesawCounts.DataSet) };",
        "BoxHead",
        "Counts: DataSet"
    )]
    // Nullable values.
    [InlineData("BoxHead BoxHead => new FullyConnectedBoxHead { ClassAgnostic = true };", "BoxHead", "ClassAgnostic: true")]
    [InlineData("ProposalHead ProposalHead => new Rpn { Channels = 7 };", "ProposalHead", "Rpn(Channels: 7")]
    [InlineData(
        "ImageSampler TrainSampler => new RepeatFactor { ThresholdImages = default(int?) };",
        "TrainSampler",
        "ThresholdImages: null"
    )]
    // with, on the base's value, on a new one, twice.
    [InlineData(
        "BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear() };",
        "BoxHead",
        "Classifier: NormalizedLinear(Prior: null, Temperature: 20.0, Power: 1.0, Epsilon: 1E-06), ClassificationLoss: CrossEntropyLoss"
    )]
    [InlineData(
        "TrainingPlan Training => base.Training with { BatchSize = 3 } with { LogEvery = 5 };",
        "Training",
        "Epochs: 12.0, BatchSize: 3, GroupByAspectRatio: true, AccumulationSteps: 1, ClipNorm: 0.0, LogEvery: 5"
    )]
    [InlineData("BoxHead BoxHead => ((FullyConnectedBoxHead)base.BoxHead) with { Width = 8 };", "BoxHead", "Layers: 2, Width: 8")]
    // Lists and spreads.
    [InlineData("ValueList<Augmentation> Augmentations => [];", "Augmentations", "[]")]
    [InlineData(
        "ValueList<Augmentation> Augmentations => [.. base.Augmentations, new HorizontalFlip(0.25)];",
        "Augmentations",
        "[Resize(ShortSides: [800], LongSide: 1333), HorizontalFlip(Probability: 0.5), HorizontalFlip(Probability: 0.25)]"
    )]
    [InlineData("Schedule Schedule => new MultiStep([16, 22.5]);", "Schedule", "Epochs: [16.0, 22.5]")]
    // Parentheses, !, blocks, accessors, initialisers.
    [InlineData(
        "Optimizer Optimizer => (new AdamW());",
        "Optimizer",
        "AdamW(NoDecayOnNormAndBias: false, Biases: ParameterFactors(LearningRate: 1.0, WeightDecay: 1.0), Norms: "
    )]
    [InlineData("Optimizer Optimizer => new AdamW()!;", "Optimizer", "AdamW(")]
    [InlineData("Optimizer Optimizer { get { return new AdamW(0.5); } }", "Optimizer", "LearningRate: 0.5")]
    [InlineData("Optimizer Optimizer { get => new AdamW(0.5); }", "Optimizer", "LearningRate: 0.5")]
    [InlineData("Optimizer Optimizer { get; } = new AdamW(0.5);", "Optimizer", "LearningRate: 0.5")]
    // Upcasts, implicit and written.
    [InlineData("Optimizer Optimizer => (Optimizer)new AdamW(0.5);", "Optimizer", "LearningRate: 0.5")]
    // Fragments.
    [InlineData("Optimizer Optimizer => C.Fast;", "Optimizer", "LearningRate: 0.5")]
    [InlineData("Optimizer Optimizer => C.Faster with { Beta1 = 0.25 };", "Optimizer", "LearningRate: 0.5, Beta1: 0.25, Beta2: 0.75")]
    // Members of a component.
    [InlineData(
        "ProposalHead ProposalHead => new Rpn { BoxLoss = base.BoxHead.BoxLoss with { } };",
        "ProposalHead",
        "BoxLoss: L1Loss(LossWeight: 1.0)"
    )]
    public void EachForm_FoldsToItsValue(string member, string slot, string expected) =>
        Assert.Contains(
            expected,
            Folded.Slot(
                slot,
                $"public override {member}",
                """
                public static class C
                {
                    public const int Four = 4;
                    public const string Name = "b";
                    public static AdamW Fast => new(0.5);
                    public static AdamW Faster => Fast with { Beta2 = 0.75 };
                }
                """
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void AnotherSlot_IsTheMostDerivedRecords()
    {
        var run = Helpers
            .GeneratorTest.Of(
                """
                using DetectorDsl;
                [Detector]
                public abstract partial record B : MaskRcnn
                {
                    public virtual int Width => 128;
                    private double Half => 0.5;
                    public override Backbone Backbone => new ResNet(50);
                    public override BoxHead BoxHead => new FullyConnectedBoxHead { Width = Width };
                    public override Optimizer Optimizer => new Sgd(Half);
                }
                """,
                """
                using DetectorDsl;
                [Detector]
                public partial record D : B
                {
                    private double Half => 0.25;
                    public override int Width => 64;
                    public override EvaluationPlan Evaluation => new(Half > 0 ? EvaluationRules.Lvis : EvaluationRules.Lvis);
                }
                """.Replace("Half > 0 ? EvaluationRules.Lvis : ", "", StringComparison.Ordinal)
            )
            .Run();

        Assert.Equal(64, run.Spec().Component("BoxHead").Integer("Width"));
        Assert.Equal(0.5, run.Spec().Component("Optimizer").Real("LearningRate"));
        Assert.Equal(128, run.Spec("B").Component("BoxHead").Integer("Width"));
    }

    [Fact]
    public void AWholeNumberOfAnotherSlot_WidensWhereAFloatingPointOneIsWanted() =>
        Assert.Contains(
            "Epochs: 3.0",
            Folded.Slot("Training", "public int Long => 3; public override TrainingPlan Training => new() { Epochs = Long };"),
            StringComparison.Ordinal
        );

    [Fact]
    public void TheBasesBase_IsReachedThroughBothWiths()
    {
        var run = Helpers
            .GeneratorTest.Of(
                "using DetectorDsl; [Detector] public partial record D : M { public override TrainingPlan Training => base.Training with { LogEvery = 7 }; }",
                "using DetectorDsl; [Detector] public abstract partial record M : MaskRcnn { public override TrainingPlan Training => base.Training with { BatchSize = 5 }; public override Backbone Backbone => new ResNet(18); }"
            )
            .Run();
        Assert.StartsWith(
            "TrainingPlan(Epochs: 12.0, BatchSize: 5, GroupByAspectRatio: true, AccumulationSteps: 1, ClipNorm: 0.0, LogEvery: 7,",
            Folded.Print(run.Spec()["Training"]),
            StringComparison.Ordinal
        );
    }
}
