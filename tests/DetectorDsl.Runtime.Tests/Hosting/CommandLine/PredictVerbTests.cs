using System.Text.Json;
using DetectorDsl.Data.Images;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.CommandLine;

public sealed class PredictVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public PredictVerbTests()
    {
        TinyData.Write(folder.Path);
        CommandLineRun.Of(new HandWrittenTrainer(), "train", "--data", folder.Path, "--output", folder.File("out"), "--pictures", "0").Succeeds();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void FilesAndFolders_AreDrawnAndListedInOrder()
    {
        var run = Predict(folder.File("train/image2.png"), folder.File("val"));

        run.Succeeds();
        using var list = JsonDocument.Parse(File.ReadAllText(folder.File("out/predictions.json")));
        Assert.Equal(
            [folder.File("train/image2.png"), .. Enumerable.Range(0, 4).Select(i => folder.File($"val/image{i}.png"))],
            list.RootElement.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("file_name").GetString()!));

        // The detector that knows nothing finds one red object in the upper left quarter: image2 of the training images is upright, 60 x 80.
        var first = list.RootElement.GetProperty("annotations")[0];
        Assert.Equal(1, first.GetProperty("image_id").GetInt32());
        Assert.Equal(3, first.GetProperty("category_id").GetInt32());
        Assert.Equal(0.9, first.GetProperty("score").GetDouble(), 6);
        Assert.Equal([0, 0, 30, 40], first.GetProperty("bbox").EnumerateArray().Select(number => number.GetInt32()));
        Assert.Equal(1200, first.GetProperty("area").GetInt32());
        Assert.Equal([80, 60], first.GetProperty("segmentation").GetProperty("size").EnumerateArray().Select(number => number.GetInt32()));
        Assert.Equal(5, list.RootElement.GetProperty("annotations").GetArrayLength());

        // Two images are called image2.
        Assert.Equal(["image0.jpg", "image1.jpg", "image2-2.jpg", "image2.jpg", "image3.jpg"], Directory.GetFiles(folder.File("out/predictions")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(480, ImageDecoder.Read(folder.File("out/predictions/image2.jpg")).Width);
    }

    [Fact]
    public void UnreadableImage_IsNamedAndTheOthersArePredicted()
    {
        File.WriteAllText(folder.File("val/image1.png"), "no picture");

        var run = Predict(folder.File("val"));

        Assert.Equal(1, run.Code);
        Assert.Contains("3 objects in 3 images", run.Output, StringComparison.Ordinal);
        Assert.Contains(folder.File("val/image1.png"), run.Output, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(folder.File("out/predictions")).Length);
    }

    [Fact]
    public void MissingImage_IsRefused() => Predict(folder.File("gone.jpg")).Fails(1, folder.File("gone.jpg"));

    [Fact]
    public void FolderWithoutImages_IsRefused()
    {
        Directory.CreateDirectory(folder.File("empty"));
        Predict(folder.File("empty")).Fails(1, folder.File("empty"), ".png");
    }

    [Fact]
    public void Interrupted_EndsWith130()
    {
        using var interruption = new CancellationTokenSource();
        interruption.Cancel();
        CommandLineRun.Of([new HandWrittenTrainer()], interruption.Token, "predict", "--output", folder.File("out"), folder.File("val")).Fails(130, "Stopped");
    }

    private CommandLineRun Predict(params string[] images) => CommandLineRun.Of(new HandWrittenTrainer(), ["predict", "--output", folder.File("out"), .. images]);
}
