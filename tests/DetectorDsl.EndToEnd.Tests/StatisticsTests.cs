using System.Text.Json.Nodes;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Training;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>Statistics of a run over the classes, from training to the figure.</summary>
[Collection(TorchCollection.Name)]
public sealed class StatisticsTests(SmallData data) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void TrainingThatKeepsGradients_LeavesStatisticsThatAreDrawn()
    {
        var trained = Run(
                "train",
                "--data",
                data.Folder,
                "--output",
                folder.File("out"),
                "--epochs",
                "0.1",
                "--pictures",
                "0",
                "--gradient-statistics"
            )
            .Succeeds();
        Assert.Contains("the right class comes first", trained.Output, StringComparison.Ordinal);
        Assert.Contains("An epoch shows", trained.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("out/sampling.csv")));
        var statistics = Read("out/statistics.json");
        Assert.Equal(["roi_head.bbox_head.loss_cls"], statistics["heads"]!.AsArray().Select(head => (string)head!));
        var classes = statistics["categories"]!.AsArray().Select(item => item!).ToList();
        Assert.Equal(SmallShapes.All.Length, classes.Count);
        Assert.Contains(classes, item => (double)item["gradients"]![0]!["positive"]! > 0);
        Assert.All(classes, item => Assert.True((double)item["gradients"]![0]!["negative"]! > 0));

        // Seesaw's classes get nothing from background: its regions reach the objectness columns alone.
        Assert.All(classes, item =>
            Assert.Equal((double)item["gradients"]![0]!["negative"]!, (double)item["gradients"]![0]!["negative_all"]!)
        );
        Assert.All(classes.Where(item => (int)item["objects"]! > 0), item => Assert.InRange((double)item["accuracy"]!, 0, 1));
        var precision = Read("out/metrics.json")["boxes"]!;
        Assert.Equal(
            (double)precision["metrics"]!["AP"]!,
            classes.Select(item => (double?)item["box_ap"]).OfType<double>().Average(),
            1e-9
        );

        Run(
                "evaluate",
                "--data",
                data.Folder,
                "--output",
                folder.File("again"),
                "--checkpoint",
                folder.File("out/last.safetensors"),
                "--pictures",
                "0"
            )
            .Succeeds();
        Assert.Equal(
            statistics["categories"]!.AsArray().Select(item => item!["accuracy"]?.ToString() + item["gradients"]),
            Read("again/statistics.json")["categories"]!.AsArray().Select(item => item!["accuracy"]?.ToString() + item["gradients"])
        );

        Skip.If(SkiaSharp.SKFontManager.Default.FontFamilyCount == 0, "This machine has no fonts.");
        Run("figure", folder.File("out"), "--output", folder.File("figure.svg")).Succeeds();
        Assert.Contains("SeesawMaskRcnn", File.ReadAllText(folder.File("figure.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutTheOption_NothingIsKept_AndTheWeightsAreTheSame()
    {
        var plain = TrainerRun.Train(new CrossEntropyMaskRcnnTrainer(), data.Training, folder.File("plain"), steps: 3);
        var watched = TrainerRun.Train(
            new CrossEntropyMaskRcnnTrainer(),
            data.Training,
            folder.File("watched"),
            steps: 3,
            options: ["--gradient-statistics"]
        );
        Assert.Equal(plain.Losses, watched.Losses);

        // The sums are made once; no step leaves anything behind.
        Assert.Equal(Changes(plain), Changes(watched));
        Assert.Empty(Checkpoint.ReadStatistics(plain.Checkpoint, SmallShapes.All.Length));
        var sums = Checkpoint.ReadStatistics(watched.Checkpoint, SmallShapes.All.Length).Values.Single();
        Assert.All(sums.Skip(2 * SmallShapes.All.Length), value => Assert.True(value > 0));
    }

    [Theory]
    [InlineData(nameof(TinyRetinaNet), "bbox_head.loss_cls")]
    [InlineData(nameof(TinyFcos), "bbox_head.loss_cls")]
    [InlineData(nameof(GuidedRetinaNet), "bbox_head.loss_cls")]
    [InlineData(nameof(PrimeSampleSeesawMaskRcnn), "roi_head.bbox_head.loss_cls")]
    [InlineData(nameof(TinyHtc), "roi_head.bbox_head.0.loss_cls", "roi_head.bbox_head.1.loss_cls", "roi_head.bbox_head.2.loss_cls")]
    [InlineData(
        nameof(SeesawCascadeMaskRcnn),
        "roi_head.bbox_head.0.loss_cls",
        "roi_head.bbox_head.1.loss_cls",
        "roi_head.bbox_head.2.loss_cls"
    )]
    public void EveryHead_HasSumsOfItsOwn(string name, params string[] heads)
    {
        var run = TrainerRun.Train(
            Generated.Of(name).Trainer(),
            data.Training,
            folder.File("out"),
            steps: 2,
            options: ["--gradient-statistics"]
        );
        var sums = Checkpoint.ReadStatistics(run.Checkpoint, SmallShapes.All.Length);
        Assert.Equal(heads, sums.Keys);
        Assert.All(sums.Values, values => Assert.Contains(values.Take(SmallShapes.All.Length), value => value > 0));
        Assert.Equal(heads.Length, sums.Values.Select(values => values.Sum()).Distinct().Count());
    }

    [Fact]
    public void AOneStageDetector_HasNoAccuracyOnGivenBoxes()
    {
        var run = TrainerRun.Train(new TinyRetinaNetTrainer(), data.Training, folder.File("out"), steps: 1);
        CommandLineRun
            .Of(
                new TinyRetinaNetTrainer(),
                "evaluate",
                "--data",
                data.Folder,
                "--output",
                folder.File("other"),
                "--checkpoint",
                run.Checkpoint,
                "--class-accuracy"
            )
            .Fails(1, "--class-accuracy", "two stages");
    }

    private static IEnumerable<long> Changes(TrainerRun run) => run.LiveTensors.Zip(run.LiveTensors.Skip(1), (before, now) => now - before);

    private static CommandLineRun Run(params string[] args) => CommandLineRun.Of(new SeesawMaskRcnnTrainer(), args);

    private JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(folder.File(file)))!;
}
