using System.Text.Json;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.CommandLine;

public sealed class TrainVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TrainVerbTests() => TinyData.Write(folder.Path);

    private string Output => folder.File("out");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Train_DetectorThatKnowsTheTruth_ScoresEverything()
    {
        CommandLineRun.Of(Knowing(), "train", "--data", folder.Path, "--output", Output).Succeeds();

        using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(Output, "metrics.json")));
        Assert.Equal("Tiny", metrics.RootElement.GetProperty("detector").GetString());
        Assert.Equal("abc123", metrics.RootElement.GetProperty("configuration_hash").GetString());
        Assert.Equal(
            ["data", "training", "evaluation"],
            metrics.RootElement.GetProperty("seconds").EnumerateObject().Select(item => item.Name)
        );
        foreach (var what in new[] { "boxes", "masks" })
        {
            var values = metrics.RootElement.GetProperty(what);
            Assert.Equal(1, values.GetProperty("metrics").GetProperty("AP").GetDouble(), 9);
            Assert.Equal(1, values.GetProperty("metrics").GetProperty("AR@100").GetDouble(), 9);
            Assert.Equal(4, values.GetProperty("counts").GetProperty("images").GetInt32());
            Assert.Equal(8, values.GetProperty("counts").GetProperty("instances").GetInt32());
        }
    }

    [Fact]
    public void Train_BoxesOffByAQuarterOfTheirWidth_ScoreLess()
    {
        // Rectangles of 30 x 22 and 26 x 18, moved by 7: overlaps of 23 / 37 = 0.62 and 19 / 33 = 0.58, right at the thresholds up to 0.60
        // and 0.55: three and two of ten.
        CommandLineRun.Of(Knowing(shift: 7), "train", "--data", folder.Path, "--output", Output).Succeeds();

        using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(Output, "metrics.json")));
        Assert.Equal(0.25, metrics.RootElement.GetProperty("boxes").GetProperty("metrics").GetProperty("AP").GetDouble(), 6);
    }

    [Fact]
    public void Train_LeavesEveryFile()
    {
        CommandLineRun
            .Of(Knowing(), "train", "--data", folder.Path, "--output", Output, "--epochs", "0.5", "--seed", "9", "--pictures", "3")
            .Succeeds();

        using var configuration = JsonDocument.Parse(File.ReadAllText(Path.Combine(Output, "configuration.json")));
        Assert.Equal("abc123", configuration.RootElement.GetProperty("hash").GetString());
        Assert.Equal(9, configuration.RootElement.GetProperty("seed").GetInt64());
        Assert.Equal(0.5, configuration.RootElement.GetProperty("options").GetProperty("epochs").GetDouble());
        Assert.Equal(2, configuration.RootElement.GetProperty("options").GetProperty("batch-size").GetInt32());
        Assert.Equal(18, configuration.RootElement.GetProperty("configuration").GetProperty("backbone").GetProperty("depth").GetInt32());

        // Three training images with one object of each class; four validation images.
        Assert.Equal(
            [
                "label,id,name,frequency,train_images,train_instances,objects,detections,box_ap,box_ap50,mask_ap,mask_ap50",
                "0,3,red,f,3,3,4,4,1.0000,1.0000,1.0000,1.0000",
                "1,7,\"blue, dark\",r,3,3,4,4,1.0000,1.0000,1.0000,1.0000",
            ],
            File.ReadAllLines(Path.Combine(Output, "categories.csv"))
        );

        using var line = JsonDocument.Parse(File.ReadLines(Path.Combine(Output, "log.jsonl")).Last());
        Assert.Equal("metrics", line.RootElement.GetProperty("kind").GetString());
        Assert.Equal(1, line.RootElement.GetProperty("masks.AP50").GetDouble(), 9);

        Assert.True(File.Exists(Path.Combine(Output, "last.safetensors")));
        Assert.True(File.Exists(Path.Combine(Output, "results.json.gz")));
        Assert.Equal(
            ["image0-100.jpg", "image1-101.jpg", "image2-102.jpg"],
            Directory.GetFiles(Path.Combine(Output, "pictures")).Select(Path.GetFileName).Order()
        );
    }

    [Fact]
    public void Train_OptionsReachTheTrainer()
    {
        File.WriteAllText(folder.File("first.safetensors"), "");
        var trainer = Knowing();

        CommandLineRun
            .Of(
                trainer,
                "train",
                "--data",
                folder.Path,
                "--output",
                Output,
                "--seed",
                "-4",
                "--weights",
                folder.File("first.safetensors"),
                "--batch-size",
                "5",
                "--pictures",
                "0"
            )
            .Succeeds();

        Assert.Equal(-4, trainer.Request!.Seed);
        Assert.Equal(folder.File("first.safetensors"), trainer.Request.Weights?.Path);
        Assert.False(trainer.Request.Resume);
        Assert.Equal(5, trainer.Request.Arguments.GetValue(trainer.BatchSize));
        Assert.Equal(12, trainer.Request.Arguments.GetValue(trainer.Epochs));
        Assert.Equal(3, trainer.Request.Data.Images.Length);
        Assert.True(trainer.Detector!.IsDisposed);
    }

    [Fact]
    public void Train_ShowsDataProgressAndMetrics()
    {
        var run = CommandLineRun.Of(Knowing(), "train", "--data", folder.Path, "--output", Output);

        Assert.Contains("3 images with 6 objects of 2 of 2 classes", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "Classes by the images that hold them: 2 rare with 6 objects, 0 common with 0 objects, 0 frequent with 0 objects.",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "step 5 of 10, epoch 0.50: loss 1.750 (loss_cls 1.250, loss_bbox 0.500), learning rate 0.02, 3.5 images/s, 1 min 15 s left",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("half of it done", run.Output, StringComparison.Ordinal);
        Assert.Contains("Evaluating: 100 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("AP50     100.0  100.0", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void NoArguments_TrainOnTheDeclarationsOwnData()
    {
        var trainer = new HandWrittenTrainer("NoArguments") { DefaultData = folder.Path, TruthFile = folder.File("val.json") };
        try
        {
            CommandLineRun.Of(trainer).Succeeds();

            Assert.Equal(Path.GetFullPath(Path.Combine("out", "NoArguments")), trainer.Request!.Output.Path);
            Assert.True(File.Exists(Path.Combine("out", "NoArguments", "metrics.json")));
        }
        finally
        {
            Directory.Delete(Path.Combine("out", "NoArguments"), recursive: true);
        }
    }

    [Fact]
    public void Train_FilesNamedOneByOne_NeedNoFolder()
    {
        TinyData.WriteSplit(folder.File("elsewhere"), "painted", 2);
        var trainer = Knowing();

        CommandLineRun
            .Of(
                trainer,
                "train",
                "--output",
                Output,
                "--train-annotations",
                folder.File("elsewhere/painted.json"),
                "--train-images",
                folder.File("elsewhere/painted"),
                "--validation-annotations",
                folder.File("val.json"),
                "--validation-images",
                folder.File("val")
            )
            .Succeeds();

        Assert.Equal(2, trainer.Request!.Data.Images.Length);
        Assert.True(File.Exists(Path.Combine(Output, "metrics.json")));
    }

    [Fact]
    public void Train_WithoutValidationData_TrainsAndSaysSo()
    {
        File.Delete(folder.File("val.json"));

        var run = CommandLineRun.Of(Knowing(), "train", "--data", folder.Path, "--output", Output);

        run.Succeeds();
        Assert.Contains("no validation data", run.Output, StringComparison.Ordinal);
        Assert.Contains("--validation-annotations", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Output, "metrics.json")));
    }

    [Fact]
    public void Train_InAUsedFolder_LeavesNothingOfTheEarlierEvaluation()
    {
        CommandLineRun.Of(Knowing(), "train", "--data", folder.Path, "--output", Output).Succeeds();
        File.Delete(folder.File("val.json"));

        CommandLineRun.Of(Knowing(), "train", "--data", folder.Path, "--output", Output).Succeeds();

        Assert.False(File.Exists(Path.Combine(Output, "metrics.json")));
        Assert.False(File.Exists(Path.Combine(Output, "results.json.gz")));
    }

    [Fact]
    public void Train_Resumed_TellsTheTrainer()
    {
        CommandLineRun.Of(Knowing(), "train", "--data", folder.Path, "--output", Output).Succeeds();
        var trainer = Knowing();

        CommandLineRun.Of(trainer, "train", "--data", folder.Path, "--output", Output, "--resume").Succeeds();

        Assert.True(trainer.Request!.Resume);
    }

    [Fact]
    public void Train_Interrupted_EndsWith130AndEvaluatesNothing()
    {
        using var interruption = new CancellationTokenSource();
        var trainer = new HandWrittenTrainer { TruthFile = folder.File("val.json"), During = (_, _) => interruption.Cancel() };

        var run = CommandLineRun.Of([trainer], interruption.Token, "train", "--data", folder.Path, "--output", Output);

        Assert.Equal(130, run.Code);
        Assert.Contains("--resume", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Output, "last.safetensors")));
        Assert.False(File.Exists(Path.Combine(Output, "metrics.json")));
    }

    [Fact]
    public void Train_InterruptedWhilePreparing_EndsWith130()
    {
        using var interruption = new CancellationTokenSource();
        var trainer = new HandWrittenTrainer
        {
            During = (_, cancellation) =>
            {
                interruption.Cancel();
                cancellation.ThrowIfCancellationRequested();
            },
        };

        CommandLineRun.Of([trainer], interruption.Token, "train", "--data", folder.Path, "--output", Output).Fails(130, "Stopped");
    }

    private HandWrittenTrainer Knowing(double shift = 0) => new() { TruthFile = folder.File("val.json"), Shift = shift };
}
