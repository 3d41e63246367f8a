using System.Text.RegularExpressions;
using DetectorDsl.Generators.Tests.Helpers;
using DetectorDsl.Generators.Tests.Planning;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DetectorDsl.Generators.Tests.Diagnostics;

/// <summary>The examples of docs/diagnostics.md are compiled: the wrong one of a section yields its diagnostic and no other, the repair none.</summary>
public class DocumentedExampleTests
{
    private const string Usings = """
        #pragma warning disable CS9113
        using DetectorDsl;
        using TorchSharp;
        using static TorchSharp.torch;

        """;

    private const string WithBackbone = "public override Backbone Backbone => new ResNet(50);";
    private const string NeckForward = "public override Tensor[] forward(Tensor[] maps) => maps;";
    private const string OwnNeck =
        $"public sealed class MyNeckModule(int[] inputChannels) : nn.Module<Tensor[], Tensor[]>(\"neck\") {{ {NeckForward} }}";

    /// <summary>What a section speaks of without showing it.</summary>
    private static readonly Dictionary<string, string> Around = new()
    {
        ["DDSL0009"] =
            $"[Component, Module(typeof(MyNeckModule)), OutputLevels(ChannelsFrom = nameof(Widths))] public record MyNeck(ValueList<int> Widths) : Neck; {OwnNeck}",
        ["DDSL0010"] =
            "[Component, Module(typeof(DetectorDsl.Torch.Losses.CrossEntropyLoss)), Logits(1), LossTerms(\"loss_cls\")] public record MyLoss(int Classes) : ClassificationLoss;",
        ["DDSL0011"] =
            "public sealed class MyLossModule(int classes) : DetectorDsl.Torch.Losses.ClassificationLoss(classes) { public override int LogitCount => Classes + 1; public override Tensor Scores(Tensor logits) => logits; public Tensor forward(Tensor l, Tensor y, Tensor? w, double n) => l; }",
        ["DDSL0020"] = OwnNeck,
        ["DDSL0026"] =
            $"public sealed class Work() : nn.Module<Tensor, Tensor[]>(\"w\") {{ public override Tensor[] forward(Tensor x) => [x]; }} [Component, Module(typeof(Work)), OutputLevels(Channels = [16, 32], Strides = [4, 8])] public record MyBackbone : Backbone {{ public int Width {{ get; init; }} }}",
        ["DDSL0036"] = OwnNeck,
        ["DDSL0039"] = OwnNeck,
    };

    /// <summary>Members of the declaration that an example is of, beside those that it shows.</summary>
    private static readonly Dictionary<string, string> Beside = new()
    {
        ["DDSL0001"] = "private static double ReadRate() => 0.1;",
        ["DDSL0026"] = "public override Neck Neck => new Fpn(64, Levels: 4);",
    };

    /// <summary>Those that no source alone brings about, or that stand in no source.</summary>
    private static readonly string[] Elsewhere = ["DDSL0034"];

    /// <summary>Those of a program.</summary>
    private static readonly string[] OfPrograms = ["DDSL0013"];

    private static readonly IReadOnlyList<Example> Examples = [.. Sections().Where(example => !Elsewhere.Contains(example.Id))];

    [Fact]
    public void EveryExample_YieldsWhatItSays() =>
        Check([.. Examples.Where(example => !OfPrograms.Contains(example.Id))], isProgram: false);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnExampleOfAProgram_YieldsWhatItSays(bool isRepair) =>
        Check([.. Examples.Where(example => OfPrograms.Contains(example.Id) && example.IsRepair == isRepair)], isProgram: true);

    private static void Check(IReadOnlyList<Example> examples, bool isProgram)
    {
        Assert.NotEmpty(examples);
        var test = Declared
            .Sources([.. examples.Select(example => example.Source)])
            .WithFile("shapes.json", """[{"id": 1, "name": "disc"}]""")
            .WithFile("train/categories.json", """[{"id": 1, "name": "a"}]""")
            .WithFile("test/categories.json", """[{"id": 1, "name": "a"}]""");
        foreach (var example in examples.Where(example => example.Language == "json"))
        {
            test = test.WithFile(example.File, example.Text);
        }
        var run = (isProgram ? test.AsProgram() : test).RunUnchecked();
        var found = run
            .Result.Diagnostics.Concat(run.Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            .ToLookup(diagnostic => diagnostic.Location.SourceTree?.FilePath ?? "", diagnostic => diagnostic.Id);
        var wrong = examples
            .Select((example, index) => (example, Ids: found[GeneratorTest.PathOf(index)].Distinct().ToList()))
            .Where(item => !item.Ids.SequenceEqual(item.example.IsRepair ? [] : [item.example.Id]))
            .Select(item =>
                $"{item.example.Id}{(item.example.IsRepair ? " repaired" : "")}: {string.Join(", ", item.Ids)}\n{item.example.Source}"
            );
        Assert.True(!wrong.Any(), string.Join("\n", wrong));
        Assert.Empty(found.Where(group => group.Key.EndsWith(".g.cs", StringComparison.Ordinal)).SelectMany(group => group));
    }

    private static IEnumerable<Example> Sections()
    {
        var docs = File.ReadAllText(Repository.Path("docs/diagnostics.md"));
        foreach (
            Match section in Regex.Matches(
                docs,
                @"^## (?<id>DDSL\d+)\n(?<text>.*?)(?=^## |\z)",
                RegexOptions.Multiline | RegexOptions.Singleline
            )
        )
        {
            var blocks = Regex.Matches(
                section.Groups["text"].Value,
                @"^```(?<language>\w+)\n(?<code>.*?)^```",
                RegexOptions.Multiline | RegexOptions.Singleline
            );
            for (var i = 0; i < blocks.Count; i++)
            {
                if (blocks[i].Groups["language"].Value is "csharp" or "json")
                {
                    yield return new Example(
                        section.Groups["id"].Value,
                        blocks[i].Groups["language"].Value,
                        blocks[i].Groups["code"].Value,
                        IsRepair: i > 0
                    );
                }
            }
        }
    }

    /// <param name="Id">The section.</param>
    /// <param name="Language">What it is written in.</param>
    /// <param name="Text">The example.</param>
    /// <param name="IsRepair">Whether it shows how it is right.</param>
    private sealed record Example(string Id, string Language, string Text, bool IsRepair)
    {
        private string Space => $"Of{Id}{(IsRepair ? "Repaired" : "")}";

        public string File => $"{Space}.json";

        /// <summary>The example in a namespace of its own; members stand in a declaration that derives from another.</summary>
        public string Source
        {
            get
            {
                if (Language == "json")
                {
                    return $"namespace {Space} {{ [DetectorDsl.CategorySet(\"{File}\")] public static partial class Set; }}";
                }
                var code = Regex
                    .Replace(Text, @"^namespace \w+;\n", "", RegexOptions.Multiline)
                    .Replace(": MaskRcnn { /* ... */ }", $": MaskRcnn {{ {WithBackbone} }}", StringComparison.Ordinal)
                    .Replace(
                        "nn.Module<Tensor[], Tensor[]>(\"neck\") { /* ... */ }",
                        $"nn.Module<Tensor[], Tensor[]>(\"neck\") {{ {NeckForward} }}",
                        StringComparison.Ordinal
                    )
                    .Replace(
                        "gamma) { /* ... */ }",
                        "gamma) { public Tensor forward(Tensor a, Tensor b, Tensor? c, double d) => a; }",
                        StringComparison.Ordinal
                    );
                if (Id != "DDSL0032")
                {
                    code = code.Replace("[Detector]", "[Detector, Categories(typeof(Animals))]", StringComparison.Ordinal);
                }
                var member = Regex.Match(code, "^(public (override|new)|private const) ", RegexOptions.Multiline);
                var (types, members) = member.Success ? (code[..member.Index], code[member.Index..]) : (code, "");
                var declaration =
                    members.Length == 0
                        ? ""
                        : $$"""
                            [Detector, Categories(typeof(Animals))] public partial record Parent : MaskRcnn { {{WithBackbone}} }
                            [Detector] public partial record Mine : Parent { {{Beside.GetValueOrDefault(Id)}}
                            {{members}} }
                            """;
                return $"{Usings}namespace {Space}\n{{\n{Around.GetValueOrDefault(Id)}\n{types}\n{declaration}\n}}";
            }
        }
    }
}
