using System.Text.Json.Nodes;
using DetectorDsl.EndToEnd.Components;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Evaluation;
using DetectorDsl.Training;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>The generated trainer as a person uses it.</summary>
[Collection(TorchCollection.Name)]
public sealed class CommandLineTests(SmallData data) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("evaluate")]
    [InlineData("predict")]
    public void WhatTrainsIsNoOptionOfATrainedModel(string verb)
    {
        Run(verb, "--learning-rate", "0.1").Fails(2, "--learning-rate");
        Run(verb, "--score-threshold", "7").Fails(2, "--score-threshold 7", "from 0 to 1");
    }

    [Fact]
    public void TrainEvaluatePredictDescribe_WithoutEverMakingTheDeclaration()
    {
        var constructed = CountingMaskRcnn.Constructed;

        var trained = Run("train", "--data", data.Folder, "--output", folder.File("out"), "--epochs", "0.1", "--pictures", "2").Succeeds();
        Assert.Contains("60 images", trained.Output, StringComparison.Ordinal);
        var metrics = Read("out/metrics.json");
        Assert.Equal(nameof(SeesawMaskRcnn), (string?)metrics["detector"]);
        Assert.True((int)metrics["boxes"]!["counts"]!["detections"]! > 0);
        Assert.Equal(2, Directory.GetFiles(folder.File("out/pictures")).Length);
        AssertResultsFileGivesTheMetrics(metrics);

        Run("evaluate", "--data", data.Folder, "--output", folder.File("again"), "--checkpoint", folder.File("out/last.safetensors"))
            .Succeeds();
        var again = Read("again/metrics.json");
        Assert.True(JsonNode.DeepEquals(metrics["boxes"], again["boxes"]));
        Assert.True(JsonNode.DeepEquals(metrics["masks"], again["masks"]));

        Run("predict", Path.Combine(data.Folder, "val"), "--output", folder.File("out")).Succeeds();
        var predictions = Read("out/predictions.json");
        Assert.Equal(
            data.ValidationImages,
            predictions["images"]!.AsArray().Select(image => (string)image!["file_name"]!).Order(StringComparer.Ordinal)
        );
        Assert.NotEmpty(predictions["annotations"]!.AsArray());
        Assert.Equal(data.ValidationImages.Length, Directory.GetFiles(folder.File("out/predictions")).Length);

        Assert.Equal(SeesawMaskRcnnDescription.Text.Trim(), Run("describe").Succeeds().Output.Trim());
        var configuration = JsonNode.Parse(Run("describe", "--json").Succeeds().Output)!;
        Assert.Equal("DetectorDsl.SeesawLoss", (string?)configuration["BoxHead"]!["ClassificationLoss"]!["kind"]);

        Assert.Equal(constructed, CountingMaskRcnn.Constructed);
        Assert.NotNull(new SeesawMaskRcnn());
        Assert.Equal(constructed + 1, CountingMaskRcnn.Constructed);
    }

    [Fact]
    public void OtherCategories_AreRefused()
    {
        data.Copy(folder.File("data"), 2, set =>
            set with
            {
                Categories = [set.Categories[0] with { Name = "something else" }, .. set.Categories.Skip(1)],
            }
        );
        Run("train", "--data", folder.File("data"), "--output", folder.File("out"))
            .Fails(1, folder.File("data"), "something else", SmallShapes.All[0].Name);
    }

    [Fact]
    public void ACheckpointOfOtherCategories_IsRefused()
    {
        using var model = new SeesawMaskRcnnModel();
        var identity = SeesawMaskRcnnDescription.Identity with
        {
            Categories = [.. SeesawMaskRcnnDescription.Identity.Categories, "one more"],
        };
        Checkpoint.Save(folder.File("other.safetensors"), model, null, identity, null);
        Run("evaluate", "--data", data.Folder, "--output", folder.File("out"), "--checkpoint", folder.File("other.safetensors"))
            .Fails(1, folder.File("other.safetensors"), "61 categories", "has 60");
    }

    private void AssertResultsFileGivesTheMetrics(JsonNode metrics)
    {
        foreach (var (key, kind) in new[] { ("boxes", IouType.Boxes), ("masks", IouType.Masks) })
        {
            Run(
                    "evaluate",
                    "--annotations",
                    Path.Combine(data.Folder, "val.json"),
                    "--results",
                    folder.File("out/results.json.gz"),
                    "--rules",
                    Evaluation.EvaluationRules.Lvis.Name,
                    "--iou-type",
                    kind.Name,
                    "--json",
                    folder.File("scored.json")
                )
                .Succeeds();
            Assert.True(JsonNode.DeepEquals(metrics[key], Read("scored.json")), $"{key}: the results file gives other values");
        }
    }

    private static CommandLineRun Run(params string[] args) => CommandLineRun.Of(new SeesawMaskRcnnTrainer(), args);

    private JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(folder.File(file)))!;
}
