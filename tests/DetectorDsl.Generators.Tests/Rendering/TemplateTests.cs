using System.Reflection;
using System.Text.RegularExpressions;
using DetectorDsl.Generators.Planning;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Options;
using DetectorDsl.Generators.Planning.Proposals;
using DetectorDsl.Generators.Planning.RoiHeads;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Planning.Trainers;
using DetectorDsl.Generators.Planning.Training;
using DetectorDsl.Generators.Rendering;
using DetectorDsl.Generators.Tests.Helpers;
using DetectorDsl.Generators.Tests.Planning;
using Xunit;

namespace DetectorDsl.Generators.Tests.Rendering;

/// <summary>Templates filled with plans made by hand, and what holds for all of them.</summary>
public class TemplateTests
{
    private static readonly DeclarationNames Names = new("Zoo", "Mine", "internal", "");

    public static TheoryData<string> All => [.. TemplateCatalog.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void ATemplateDecidesNothing(string name) =>
        Assert.All(Regex.Matches(Text(name), @"\{\{[~-]? ?(.*?) ?[~-]?\}\}").Select(match => match.Groups[1].Value), tag =>
            Assert.Matches(@"^(else|end|include ('\w+'|\w+)|for \w+ in \w+(\.\w+)?|if !?\w+(\.\w+)?|\w+(\.\w+)*)$", tag)
        );

    /// <summary>Layers are stated in a list, which two partials print.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void ATemplateRegistersNoLayerByHand(string name) =>
        Assert.Equal(name == "LayerRegistrations", Text(name).Contains("register_module(", StringComparison.Ordinal));

    /// <summary>Whatever a plan holds beyond what is printed renders a file again for nothing.</summary>
    [Fact]
    public void APlanHoldsNothingThatIsNotPrinted()
    {
        var run = Declared
            .Detector("public override Backbone Backbone => new ResNet(18) { FrozenStages = 1, InitialWeights = \"a\" };")
            .Run();
        var files = run
            .Result.TrackedSteps[TrackingNames.Plan]
            .SelectMany(step => step.Outputs)
            .SelectMany(output => ((PlanResult)output.Value).Plan.Files)
            .ToList();
        Assert.True(files.Count > 10);
        Assert.All(files, file =>
            Assert.All(file.GetType().GetConstructors().Single().GetParameters().Select(parameter => parameter.Name!), value =>
                Assert.True(
                    Regex.IsMatch(Whole(file.Template), $@"\b{value}\b") || IsMadeInto(file, value, Whole(file.Template)),
                    $"{file.Aspect}: {value}"
                )
            )
        );
    }

    [Fact]
    public void Losses_OfOneTerm()
    {
        var code = Render(new LossesFile(Names, [new("loss_a", "First.")]));
        Assert.Contains("/// <param name=\"loss_a\">First.</param>\n", code, StringComparison.Ordinal);
        Assert.Contains("internal readonly record struct MineLosses(Tensor loss_a)\n{\n", code, StringComparison.Ordinal);
        Assert.Contains("return loss_a.MoveToOuterDisposeScope();", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Losses_OfTwoTerms()
    {
        var code = Render(new LossesFile(Names, [new("loss_a", "First."), new("loss_b", "Second.")]));
        Assert.Contains("MineLosses(Tensor loss_a, Tensor loss_b)\n", code, StringComparison.Ordinal);
        Assert.Contains("=\n    [\n        \"loss_a\",\n        \"loss_b\",\n    ];\n", code, StringComparison.Ordinal);
        Assert.Contains("return Arithmetic.Sum(loss_a, loss_b).MoveToOuterDisposeScope();", code, StringComparison.Ordinal);
        Assert.Contains(
            "        return stack(\n        [\n            loss_a.detach(),\n            loss_b.detach(),\n        ]).MoveToOuterDisposeScope();\n",
            code,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void MaskHead_WithoutConvolutions()
    {
        var code = Render(MaskHead([]));
        Assert.Contains(
            "        register_module(\"convs\", convs = ModuleList<ConvolutionBlock>());\n        register_module(\"upsample\",",
            code,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "        using var scope = NewDisposeScope();\n        var x = upsample.call(features).relu_();  // up\n",
            code,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void MaskHead_WithTwoConvolutions()
    {
        var code = Render(MaskHead([new(0, "first"), new(1, "second")]));
        Assert.Contains(
            "kernel: 3, bias: true), activate: true)));\n        register_module(\"upsample\",",
            code,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "        var x = convs[0].call(features);  // first\n        x = convs[1].call(x);  // second\n        x = upsample.call(x).relu_();  // up\n        return conv_logits.call(x).MoveToOuterDisposeScope();  // out\n",
            code,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void MaskHead_WhoseUpsamplingEndsWithoutActivation() =>
        Assert.Contains(
            "        var x = upsample.call(features);  // up\n",
            Render(MaskHead([], activation: "")),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(1, "one anchor at every place", "// N x (h w) x 4")]
    [InlineData(3, "3 anchors at every place", "// N x (3 h w) x 4")]
    public void Rpn_CountsItsAnchors(int anchors, params string[] pieces)
    {
        var code = Render(
            new RpnFile(Names, new StructureCode([]), 16, anchors, "anchors", new ObjectCode("Own", "new Own(1)"), "new(1)", "new(2)")
        );
        Assert.All(pieces, piece => Assert.Contains(piece, code, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_OfEachUse()
    {
        var code = Render(
            new OptionsFile(
                Names,
                [Option("Rate", isForTraining: true, isLasting: true), Option("LogEvery", isForTraining: true), Option("Limit")]
            )
        );
        Assert.Contains("TrainerOptions.Texts(\n    [\n        (\"--rate\", Rate),\n    ]);\n", code, StringComparison.Ordinal);
        Assert.Contains(
            "All =>\n    [\n        rateOption,\n        logEveryOption,\n        limitOption,\n    ];\n",
            code,
            StringComparison.Ordinal
        );
        Assert.Contains("ForInference =>\n    [\n        limitOption,\n    ];\n", code, StringComparison.Ordinal);
        Assert.Contains(
            "    /// <summary>Rate &lt; 1.</summary>\n    public int Rate { get; init; } = 3;\n\n",
            code,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Program_NamesEachTrainer() =>
        Assert.Contains(
            "    {\n        new global::A.FirstTrainer(),\n        new global::Zoo.@class.SecondTrainer(),\n    };\n",
            PlanRenderer.Render(ProgramPlan.Of([new("Zoo.class", "Second", "public", ""), new("A", "First", "public", "")]), default).Text,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("Zoo", "#nullable enable\n\nnamespace Zoo;\n\nusing")]
    [InlineData("", "#nullable enable\n\nusing")]
    public void TheTop_NamesTheNamespaceThatThereIs(string space, string expected) =>
        Assert.Contains(expected, Render(new LossesFile(new(space, "Mine", "public", ""), [])), StringComparison.Ordinal);

    private static MaskHeadFile MaskHead(MaskLayer[] layers, string activation = ".relu_()") =>
        new(
            Names,
            false,
            StructureCode.Of([
                LayerField.List(
                    "convs",
                    ConvolutionBlocks.Type,
                    layers.Select(_ => ConvolutionBlocks.Of(new ConvolutionLayer(8, 4, 3) { Activation = Activation.Relu }, norm: null))
                ),
                LayerField.Of("upsample", new OwnLayer(new ObjectCode("Up", "new Up(8)"), "")),
            ]),
            [.. layers],
            "in",
            activation,
            "up",
            "out"
        );

    private static OptionPlan Option(string name, bool isForTraining = false, bool isLasting = false) =>
        new(
            name,
            OptionType.Of(new(Generators.Models.PropertyKind.Integer, "int", IsNullable: false))!,
            "3",
            $"{name} < 1.",
            $"--{name.ToLowerInvariant()}",
            ""
        )
        {
            IsForTraining = isForTraining,
            IsLasting = isLasting,
        };

    private static string Render(FilePlan file) => PlanRenderer.Render(new DetectorPlan(Names, [file]), [], default).Files[0].Text;

    /// <summary>A template with its partials in their places.</summary>
    private static string Whole(string template) =>
        Regex.Replace(Text(template), @"\{\{ include '(\w+)' [~-]?\}\}", include => Whole(include.Groups[1].Value));

    private static string Text(string template) =>
        File.ReadAllText(Repository.Path($"generators/DetectorDsl.Generators/Templates/{template}.sbntxt"));

    /// <summary>Whether the plan makes something else of a value, and that is printed; then another value gives another text.</summary>
    private static bool IsMadeInto(FilePlan file, string value, string template) =>
        file.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.SetMethod is null && Regex.IsMatch(template, $@"\b{property.Name}\b"))
            .Any(property => Regex.IsMatch(Source(file), $@"\b{property.Name} =>[^;]*\b{value}\b"));

    private static string Source(FilePlan file) =>
        File.ReadAllText(
            Directory
                .GetFiles(
                    Repository.Path("generators/DetectorDsl.Generators/Planning"),
                    $"{file.GetType().Name}.cs",
                    SearchOption.AllDirectories
                )
                .Single()
        );
}
