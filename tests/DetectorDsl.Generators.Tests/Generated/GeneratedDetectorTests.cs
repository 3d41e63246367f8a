using DetectorDsl.Generators.Tests.Helpers;
using DetectorDsl.Generators.Tests.Planning;
using Xunit;

namespace DetectorDsl.Generators.Tests.Generated;

/// <summary>
/// All that is generated for a declaration, as reviewed. That it compiles without a warning, and that a second run after an unrelated edit takes
/// everything over, is checked in every run (<see cref="GeneratorTest.Run" />).
/// </summary>
public class GeneratedDetectorTests
{
    private const string WithBackbone =
        "public override Backbone Backbone => new ResNet(Depth: 50) { FrozenStages = 1, Norm = new BatchNorm(BatchNormMode.Evaluate), InitialWeights = \"resnet50.safetensors\" };";

    [Fact]
    public void CrossEntropyMaskRcnn() => Assert(Declared.Detector(WithBackbone).AsProgram());

    [Fact]
    public void SeesawMaskRcnnWithNormalizedMask() =>
        Assert(
            Declared.Detector(
                $$"""
                {{WithBackbone}}
                public override BoxHead BoxHead => new FullyConnectedBoxHead { Classifier = new NormalizedLinear(Temperature: 20), ClassificationLoss = new SeesawLoss(P: 0.8, Q: 2.0) };
                public override MaskHead MaskHead => new FcnMaskHead { Predictor = new NormalizedConvolution(Temperature: 20) };
                public override ImageSampler TrainSampler => new RepeatFactor(Threshold: 1e-3);
                public override EvaluationPlan Evaluation => new(EvaluationRules.Lvis);
                """
            )
        );

    [Fact]
    public void PartsOfOnesOwn() =>
        Assert(
            Declared.Detector(
                """
                public override Backbone Backbone => new Strided([16, 32]);
                public override Neck Neck => new Lateral(Channels: 24);
                public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new Smoothed(Smoothing: 0.2) };
                public override ImageSampler TrainSampler => new RarestFirst(Repetitions: 3);
                public override Optimizer Optimizer => new AdamW(LearningRate: 1e-4) { NoDecayOnNormAndBias = true };
                public override Schedule Schedule => new Cosine { WarmupSteps = 10 };
                """,
                """
                using System.ComponentModel.DataAnnotations;
                [Component, Module(typeof(StridedModule)), OutputLevels(Strides = new[] { 8, 16 }, ChannelsFrom = nameof(Widths))]
                public record Strided(ValueList<int> Widths) : Backbone;
                [Component, Module(typeof(LateralModule)), OutputLevels(ChannelsFrom = nameof(Channels))]
                public record Lateral(int Channels) : Neck;
                [Component, Module(typeof(SmoothedModule)), Logits(1), LossTerms("loss_label", "loss_uniform")]
                public record Smoothed(double Smoothing) : ClassificationLoss;
                /// <param name="Repetitions">How often the images of the rarest class are shown. Default 2.</param>
                [Component, Module(typeof(RarestFirstSampler))]
                public record RarestFirst([property: TrainerOption, Range(1, 100)] int Repetitions = 2) : ImageSampler;

                public sealed class StridedModule(int[] widths) : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor[]>("StridedModule")
                {
                    public override TorchSharp.torch.Tensor[] forward(TorchSharp.torch.Tensor images) => [.. new TorchSharp.torch.Tensor[widths.Length]];
                }

                public sealed class LateralModule(int[] inputChannels, int channels) : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor[], TorchSharp.torch.Tensor[]>("LateralModule")
                {
                    public override TorchSharp.torch.Tensor[] forward(TorchSharp.torch.Tensor[] maps) => maps[..System.Math.Min(inputChannels.Length, channels)];
                }

                public sealed class SmoothedModule(int classes, double smoothing) : DetectorDsl.Torch.Losses.ClassificationLoss(classes)
                {
                    public override int LogitCount => Classes + 1;
                    public (TorchSharp.torch.Tensor Label, TorchSharp.torch.Tensor Uniform) forward(TorchSharp.torch.Tensor logits, TorchSharp.torch.Tensor labels, TorchSharp.torch.Tensor? weights, double averageFactor) =>
                        (logits * smoothing, labels);
                    public override TorchSharp.torch.Tensor Scores(TorchSharp.torch.Tensor logits) => logits;
                }

                public sealed class RarestFirstSampler(DetectorDsl.Data.Sampling.ImageClassIndex index, int repetitions, long seed) : DetectorDsl.Data.Sampling.IImageSampler
                {
                    public int[] Epoch(int epoch) => [index.Labels.Length, repetitions, (int)seed];
                }
                """
            )
        );

    // A level beyond the two that the backbone ends in is made from the level before it, which then must not be changed in place.
    [Fact]
    public void PyramidWithCarafe() =>
        AssertParts(
            Declared.Detector(
                $"{WithBackbone} public override Neck Neck => new CarafeFpn(Levels: 6) {{ Upsampling = new Carafe {{ CompressedChannels = 32 }} }};"
            ),
            nameof(PyramidWithCarafe),
            "Neck"
        );

    [Fact]
    public void BalancedPyramid_IsChainedBehindItsPyramid() =>
        Xunit.Assert.Contains(
            "    public NeckChain Neck { get; } = new(\n        new DeclaredNeck(),\n        new BalancedPyramid(refineLevel: 2, refine: new NonLocalBlock(channels: 256, reduction: 1, scaled: false)));\n",
            Declared.Detector($"{WithBackbone} public override Neck Neck => new BalancedFeaturePyramid();").Run()["Declared.Model.g.cs"],
            StringComparison.Ordinal
        );

    [Fact]
    public void PisaFasterRcnn() =>
        AssertOwn(
            $"{WithBackbone} public override BoxHead BoxHead => base.BoxHead with {{ ClassificationLoss = new SeesawLoss() }};",
            "PisaFasterRcnn",
            "Forward",
            "Losses"
        );

    [Fact]
    public void PisaRetinaNet() => AssertOwn(WithBackbone, "PisaRetinaNet", "Forward");

    [Fact]
    public void SablCascadeRcnn() => AssertOwn(WithBackbone, "SablCascadeRcnn", "Forward");

    [Fact]
    public void SablFasterRcnn() => AssertOwn(WithBackbone, "SablFasterRcnn", "BoxHead", "Forward");

    [Fact]
    public void RetinaNet() => AssertOwn(WithBackbone, "RetinaNet", "DenseHead", "Forward", "Model", "Neck");

    [Fact]
    public void Fcos() => AssertOwn(WithBackbone, "Fcos", "DenseHead", "Forward", "Model", "Neck");

    // mmdetection, configs/fcos/fcos_r50_caffe_fpn_gn-head_1x_coco.py: paramwise_cfg, grad_clip, lr_config.
    [Fact]
    public void Fcos_TrainsByItsPublishedRecipe()
    {
        var run = Declared.Detector(WithBackbone, architecture: "Fcos").Run();
        var training = string.Join(" ", run["Declared.Training.g.cs"].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string[] published =
        [
            "biases: new ParameterFactors(LearningRate: 2.0, WeightDecay: 0.0))",
            "new ConstantWarmup( steps: options.WarmupSteps, factor: 0.333333333333333",
            "MultiStepSchedule.AtEpochs(milestones: [8.0, 11.0], gamma: 0.1,",
            "Gradients.Clip(parameters, norm, options.ClipNorm);",
        ];
        string[] values =
        [
            "LearningRate { get; init; } = 0.01;",
            "Momentum { get; init; } = 0.9;",
            "WeightDecay { get; init; } = 0.0001;",
            "ClipNorm { get; init; } = 35.0;",
            "WarmupSteps { get; init; } = 500;",
        ];
        Xunit.Assert.All(published, text => Xunit.Assert.Contains(text, training, StringComparison.Ordinal));
        Xunit.Assert.All(values, text => Xunit.Assert.Contains(text, run["Declared.Options.g.cs"], StringComparison.Ordinal));
    }

    [Fact]
    public void CascadeMaskRcnn() =>
        AssertOwn(
            $"{WithBackbone} public override BoxHead BoxHead => base.BoxHead with {{ Classifier = new NormalizedLinear(), ClassificationLoss = new SeesawLoss() }};",
            "CascadeMaskRcnn",
            "Forward",
            "Losses",
            "RoiHead"
        );

    [Fact]
    public void GuidedAnchoringRetinaNet() => AssertOwn(WithBackbone, "GuidedAnchoringRetinaNet", "DenseHead", "Forward");

    // Guided anchors in the first stage, on a backbone in groups that learns where to look.
    [Fact]
    public void GuidedAnchoringFasterRcnn() =>
        AssertParts(
            Declared.Detector(
                WithBackbone.Replace(
                    "ResNet(Depth: 50) {",
                    "ResNeXt(50) { Deformable = new DeformableConvolution(),",
                    StringComparison.Ordinal
                ),
                architecture: "GuidedAnchoringFasterRcnn"
            ),
            "GuidedAnchoringFasterRcnn",
            "Backbone",
            "RpnHead",
            "Forward",
            "Losses"
        );

    [Fact]
    public void HybridTaskCascade() =>
        AssertOwn(
            $"{WithBackbone} public override RoiHead RoiHead => new HybridTaskCascade {{ Semantic = new SemanticBranch(), Context = new GlobalContext() }};",
            "Htc",
            "Forward",
            "MaskHead",
            "Model",
            "RoiHead"
        );

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void LineEndsOfASource_DoNotShow(string lineEnd)
    {
        const string members = """
            public override Backbone Backbone =>
                new ResNet(18) { BaseChannels = 8 };

            public override ImageSampler TrainSampler => new Own
            {
                Repetitions = 3,
            };
            """;
        const string around = """
            [Component, Module(typeof(OwnSampler))]
            public record Own : ImageSampler
            {
                /// <summary>How often an image
                /// is shown. More of it.</summary>
                [TrainerOption]
                public int Repetitions { get; init; } = 2;
            }

            public sealed class OwnSampler(DetectorDsl.Data.Sampling.ImageClassIndex index, int repetitions) : DetectorDsl.Data.Sampling.IImageSampler
            {
                public int[] Epoch(int epoch) => [index.Labels.Length, repetitions];
            }
            """;
        var run = Declared.Detector(members.ReplaceLineEndings(lineEnd), around.ReplaceLineEndings(lineEnd)).Run();
        Xunit.Assert.Equal(Declared.Detector(members.ReplaceLineEndings(" "), around.ReplaceLineEndings("\n")).Run().AllText, run.AllText);
        Xunit.Assert.Contains(
            "/// <summary>How often an image is shown.</summary>",
            run["Declared.Options.g.cs"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void TypesBesideADeclaration_ThatAreNamedLikeTheLibrarys_AreNotTakenForThem() =>
        Declared
            .Sources(
                """
                namespace Zoo;
                using DetectorDsl;
                public sealed class L1Loss;
                public sealed class Sgd;
                public enum RandomBoxSampler { One }
                [Detector, Categories(typeof(Animals))]
                public partial record Mine : MaskRcnn { public override Backbone Backbone => new ResNet(18); }
                """
            )
            .Run();

    // What an architecture has of its own; the rest is as above.
    private static void AssertOwn(string members, string architecture, params string[] aspects) =>
        AssertParts(Declared.Detector(members, architecture: architecture), architecture, aspects);

    private static void AssertParts(GeneratorTest test, string name, params string[] aspects)
    {
        var run = test.Run();
        Snapshots.Match(
            string.Join("\n", aspects.Select(aspect => $"// ===== Declared.{aspect}.g.cs =====\n{run[$"Declared.{aspect}.g.cs"]}")),
            name
        );
    }

    private static void Assert(GeneratorTest test, [System.Runtime.CompilerServices.CallerMemberName] string name = "") =>
        Snapshots.Match(test.InCultures("tr-TR", "de-DE", "ar-SA").Run().AllText, name);
}
