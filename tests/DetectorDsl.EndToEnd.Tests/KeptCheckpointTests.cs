using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Training;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>A checkpoint of an earlier version is read, evaluated and resumed.</summary>
[Collection(TorchCollection.Name)]
public sealed class KeptCheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public KeptCheckpointTests() => KeptData.Write(folder.File("data"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void IsRead()
    {
        var info = Checkpoint.ReadInfo(KeptData.Checkpoint);
        Assert.Equal(
            (nameof(KeptMaskRcnn), 6L, 4.0, 3L),
            (info.Identity.Detector, info.Position!.Step, info.Position.Epochs, info.Position.Seed)
        );
        Assert.Equal(["square", "bar", "post"], info.Identity.Categories.AsEnumerable());
        Assert.NotEmpty(Checkpoint.ReadStatistics(KeptData.Checkpoint, 3));
        using var predictor = KeptMaskRcnnPredictor.Load(KeptData.Checkpoint);
        Assert.NotEmpty(predictor.Predict(Path.Combine(folder.File("data"), "val", "0.png")));
    }

    [Fact]
    public void IsEvaluated() =>
        Run(
                "evaluate",
                "--data",
                folder.File("data"),
                "--checkpoint",
                KeptData.Checkpoint,
                "--output",
                folder.File("out"),
                "--pictures",
                "0"
            )
            .Succeeds();

    [Fact]
    public void IsResumed()
    {
        Directory.CreateDirectory(folder.File("out"));
        File.Copy(KeptData.Checkpoint, folder.File("out/last.safetensors"));
        var run = Run("train", "--data", folder.File("data"), "--output", folder.File("out"), "--seed", "3", "--resume", "--pictures", "0")
            .Succeeds();
        Assert.Contains("after 6 of 16 steps", run.Output, StringComparison.Ordinal);
        Assert.Equal(16, Checkpoint.ReadInfo(folder.File("out/last.safetensors")).Position!.Step);
    }

    private static CommandLineRun Run(params string[] args) => CommandLineRun.Of(new KeptMaskRcnnTrainer(), args);
}
