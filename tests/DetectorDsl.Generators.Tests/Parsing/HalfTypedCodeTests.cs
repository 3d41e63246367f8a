using DetectorDsl.Generators.Tests.Helpers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DetectorDsl.Generators.Tests.Parsing;

/// <summary>Code as it stands while someone types: the generator neither throws nor reports a fault of its own.</summary>
public class HalfTypedCodeTests
{
    private const string Source = """
        using System.ComponentModel.DataAnnotations;
        using DetectorDsl;
        namespace N;
        public static class Parts { public static Optimizer Fast => new Sgd(0.5) { NoDecayOnNormAndBias = true }; }
        public class OwnModule(int width, int inputChannels) { public int Sum => width + inputChannels; }
        [Component, Module(typeof(OwnModule)), OutputLevels(Strides = new[] { 8, 16 }, ChannelsFrom = nameof(Own.Width))]
        public record Own([Range(1, 9)] int Width = 3, params ValueList<int> Steps) : Neck { public Normalization Norm { get; init; } = new GroupNorm(Width); }
        [Component] public record Preset() : Own(Width: 5, 1, 2);
        /// <summary>Half. Typed <c>code</c>.</summary>
        [Detector, Categories(typeof(Parts))]
        public partial record D : MaskRcnn
        {
            public virtual int Width => 4;
            public override Backbone Backbone => new ResNet(Depth: 50) { BaseChannels = 16, Norm = new BatchNorm(BatchNormMode.Frozen) };
            public override BoxHead BoxHead => (FullyConnectedBoxHead)base.BoxHead with { Width = Width, BoxLoss = base.BoxHead.BoxLoss };
            public override Neck Neck => new Preset { Width = 7 };
            public override Optimizer Optimizer { get { return Parts.Fast; } }
            public override ValueList<Augmentation> Augmentations => [.. base.Augmentations, new HorizontalFlip()];
            public override TrainingPlan Training { get; } = new() { Epochs = 1 + 2 };
        }
        [Detector] public partial record E : D { public override int Width => base.Width; }
        """;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(5, 4)]
    public void WithTokensDeleted_NothingIsThrown(int count, int step) =>
        RunAll(tokens =>
            Every(step, tokens.Count - count)
                .Select(start =>
                    string.Concat(tokens.Where((_, i) => i < start || i >= start + count).Select(token => token.ToFullString()))
                )
        );

    [Fact]
    public void CutOffAnywhere_NothingIsThrown() =>
        RunAll(tokens =>
            Enumerable.Range(1, tokens.Count).Select(length => string.Concat(tokens.Take(length).Select(token => token.ToFullString())))
        );

    [Fact]
    public void WithNeighboursExchanged_NothingIsThrown() =>
        RunAll(tokens =>
            Every(4, tokens.Count - 1)
                .Select(at =>
                    string.Concat(
                        tokens.Select(
                            (_, i) =>
                                tokens[
                                    i == at ? at + 1
                                    : i == at + 1 ? at
                                    : i
                                ]
                                    .ToFullString()
                        )
                    )
                )
        );

    [Fact]
    public void WithOneTokenTwice_NothingIsThrown() =>
        RunAll(tokens =>
            Every(5, tokens.Count)
                .Select(at =>
                    string.Concat(
                        tokens.Select((token, i) => i == at ? token.ToFullString() + " " + token.ToFullString() : token.ToFullString())
                    )
                )
        );

    private static IEnumerable<int> Every(int step, int count) => Enumerable.Range(0, (count + step - 1) / step).Select(i => i * step);

    /// <summary>Edits of one driver, one after another, as an editor makes them.</summary>
    private static void RunAll(Func<IReadOnlyList<SyntaxToken>, IEnumerable<string>> edits)
    {
        var tree = CSharpSyntaxTree.ParseText(Source, Options);
        var compilation = CSharpCompilation.Create(
            "Test",
            [tree],
            References.Vocabulary,
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
        );
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new DetectorGenerator().AsSourceGenerator()], parseOptions: Options);
        foreach (var text in edits([.. tree.GetRoot().DescendantTokens()]))
        {
            driver = driver.RunGenerators(compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, Options)));
            var result = driver.GetRunResult().Results.Single();
            Assert.True(result.Exception is null, $"{result.Exception}\n{text}");
            Assert.All(result.Diagnostics, diagnostic =>
                Assert.True(diagnostic.Id is not ("DDSL0034" or "CS8785"), $"{diagnostic}\n{text}")
            );
        }
    }
}
