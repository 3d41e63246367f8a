using System.Text.Json;
using DetectorDsl.Annotations;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.CommandLine;

public sealed class EvaluateVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public EvaluateVerbTests()
    {
        TinyData.Write(folder.Path);
        CommandLineRun.Of(Trainer(), "train", "--data", folder.Path, "--output", folder.File("out")).Succeeds();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Checkpoint_IsScoredOnOtherData()
    {
        // Two of the four validation images are left: AP stays whole, the counts tell.
        var set = AnnotationReader.Read(folder.File("val.json"));
        TinyData.Save(
            folder.File("half.json"),
            set with
            {
                Images = [.. set.Images.Take(2)],
                Annotations = [.. set.Annotations.Where(item => item.ImageId < 102)],
            }
        );

        var run = CommandLineRun.Of(
            Trainer(),
            "evaluate",
            "--checkpoint",
            folder.File("out/last.safetensors"),
            "--validation-annotations",
            folder.File("half.json"),
            "--validation-images",
            folder.File("val"),
            "--output",
            folder.File("other")
        );

        run.Succeeds();
        Assert.Contains("2 images, 4 objects, 4 detections", run.Output, StringComparison.Ordinal);
        Assert.Equal("0,3,red,f,400,900,2,2,1.0000,1.0000,1.0000,1.0000", File.ReadAllLines(folder.File("other/categories.csv"))[1]);
    }

    [Fact]
    public void WithoutCheckpoint_TheOutputFoldersLastIsTaken() =>
        CommandLineRun.Of(Trainer(), "evaluate", "--data", folder.Path, "--output", folder.File("out")).Succeeds();

    [Fact]
    public void ResultsFile_IsScoredWithoutAnyModel()
    {
        var run = CommandLineRun.Of(
            new HandWrittenTrainer(),
            "evaluate",
            "--annotations",
            folder.File("val.json"),
            "--results",
            folder.File("out/results.json.gz"),
            "--rules",
            "lvis",
            "--iou-type",
            "segm",
            "--json",
            folder.File("scores.json")
        );

        run.Succeeds();
        Assert.Contains("segm, lvis rules", run.Output, StringComparison.Ordinal);
        using var scores = JsonDocument.Parse(File.ReadAllText(folder.File("scores.json")));
        Assert.Equal(1, scores.RootElement.GetProperty("metrics").GetProperty("APr").GetDouble(), 9);
        Assert.Equal(-1, scores.RootElement.GetProperty("metrics").GetProperty("APc").GetDouble());
    }

    [Fact]
    public void DamagedResultsFile_IsRefusedByName()
    {
        File.WriteAllText(folder.File("results.json"), """[{"image_id": 100, "category_id": 3, "score": 0.5, "bbox": [1, 2""");
        CommandLineRun
            .Of(new HandWrittenTrainer(), "evaluate", "--annotations", folder.File("val.json"), "--results", folder.File("results.json"))
            .Fails(1, "results.json");
    }

    private HandWrittenTrainer Trainer() => new() { TruthFile = folder.File("val.json") };
}
